package dev.understudy.gan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive made here rather than by Python: a zip of source text and the pickle of a module without weights.
 *
 * <p><em>Source</em>: torch/csrc/jit/docs/serialization.md of PyTorch.
 */
final class Archive {

    private static final String MODULE = """
            class Program(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
            """;

    /** Protocol 2: an object of class {@code __torch__.Program} whose state is {@code {"training": True}}. */
    private static final byte[] DATA = "\u0080\u0002c__torch__\nProgram\n)\u0081}X\b\u0000\u0000\u0000training\u0088sb."
            .getBytes(StandardCharsets.ISO_8859_1);

    /** Protocol 2: an empty tuple. */
    private static final byte[] CONSTANTS = "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1);

    private Archive() {}

    /** The bytes of an archive whose module has the given methods, written at the margin. */
    static byte[] of(String methods) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            store(zip, "program/data.pkl", DATA);
            store(zip, "program/constants.pkl", CONSTANTS);
            store(zip, "program/version", "10\n".getBytes(StandardCharsets.US_ASCII));
            store(zip, "program/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            store(zip, "program/code/__torch__.py", source(methods).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write an archive to memory", e);
        }
        return bytes.toByteArray();
    }

    private static String source(String methods) {
        return MODULE + methods.indent(2);
    }

    /** The engine's reader wants entries that are stored, not deflated. */
    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
