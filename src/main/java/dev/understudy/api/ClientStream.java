package dev.understudy.api;

import io.vertx.core.http.HttpServerResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The body of an answer, which fails as soon as nobody is there to read it: the server alone would write on for ever. */
final class ClientStream extends FilterOutputStream {
    private final HttpServerResponse response;

    ClientStream(OutputStream out, HttpServerResponse response) {
        super(out);
        this.response = response;
    }

    @Override
    public void write(int b) throws IOException {
        checkThere();
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        checkThere();
        out.write(bytes, offset, length);
    }

    private void checkThere() throws IOException {
        if (response.closed()) {
            throw new IOException("the client has closed the connection");
        }
    }
}
