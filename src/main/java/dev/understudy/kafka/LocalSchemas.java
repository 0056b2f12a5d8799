package dev.understudy.kafka;

import io.apicurio.registry.resolver.client.RegistryArtifactReference;
import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.client.RegistryVersionCoordinates;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A schema registry in a directory: {@code <id>.avsc} holds the schema of that id, from 1 on. A file appears whole by a hard
 * link, which fails if the id was taken meanwhile: so threads and processes may register at once, and an id once given never
 * changes its meaning. The file system must know hard links. <em>Thread safety</em>: share freely.
 */
final class LocalSchemas implements RegistryClientFacade {
    private final Path directory;
    private final Map<Long, String> schemas = new ConcurrentHashMap<>();
    private final Map<String, Long> ids = new ConcurrentHashMap<>();

    LocalSchemas(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
            catchUp();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schemas in " + directory, e);
        }
    }

    @Override
    public List<RegistryVersionCoordinates> searchVersionsByContent(
            String schema, String artifactType, ArtifactReference reference, boolean canonical) {
        Long id = ids.get(schema);
        return id == null ? List.of() : List.of(coordinates(id, reference.getGroupId(), reference.getArtifactId()));
    }

    @Override
    public RegistryVersionCoordinates createSchema(
            String artifactType,
            String groupId,
            String artifactId,
            String version,
            String autoCreateBehavior,
            boolean canonical,
            String schema,
            Set<RegistryArtifactReference> references) {
        return coordinates(id(schema), groupId, artifactId);
    }

    @Override
    public String getSchemaByContentId(Long id) {
        return schema(id);
    }

    @Override
    public String getSchemaByGlobalId(long id, boolean dereferenced) {
        return schema(id);
    }

    @Override
    public String getSchemaByGAV(String groupId, String artifactId, String version) {
        throw idsOnly();
    }

    @Override
    public String getSchemaByContentHash(String hash) {
        throw idsOnly();
    }

    @Override
    public RegistryVersionCoordinates getVersionCoordinatesByGAV(String groupId, String artifactId, String version) {
        throw idsOnly();
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByContentId(long id) {
        return List.of();
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByGlobalId(long id) {
        return List.of();
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByGAV(String groupId, String artifactId, String version) {
        return List.of();
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByContentHash(String hash) {
        return List.of();
    }

    @Override
    public Object getClient() {
        return this;
    }

    /** Whether a schema has this id. */
    boolean knows(int id) {
        return schemas.containsKey((long) id) || Files.exists(file(id));
    }

    private String schema(long id) {
        String known = schemas.get(id);
        return known != null ? known : fromDisk(id);
    }

    /** Another process may have registered it since. */
    private String fromDisk(long id) {
        try {
            String schema = Files.readString(file(id));
            remember(id, schema);
            return schema;
        } catch (NoSuchFileException e) {
            throw new NoSuchElementException("no schema has the id " + id);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema of id " + id, e);
        }
    }

    private long id(String schema) {
        Long known = ids.get(schema);
        if (known != null) {
            return known;
        }
        try {
            return register(schema);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store a schema in " + directory, e);
        }
    }

    private synchronized long register(String schema) throws IOException {
        Path whole = Files.createTempFile(directory, "new", ".tmp");
        try {
            write(whole, schema);
            return link(whole, schema);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private long link(Path whole, String schema) throws IOException {
        while (true) {
            long next = catchUp();
            Long known = ids.get(schema);
            if (known != null) {
                return known;
            }
            try {
                Files.createLink(file(next), whole);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            remember(next, schema);
            return next;
        }
    }

    /** Reads what others registered; the first id that is free. */
    private long catchUp() throws IOException {
        long id = 1;
        for (; schemas.containsKey(id) || Files.exists(file(id)); id++) {
            if (!schemas.containsKey(id)) {
                remember(id, Files.readString(file(id)));
            }
        }
        return id;
    }

    private void remember(long id, String schema) {
        schemas.put(id, schema);
        ids.putIfAbsent(schema, id);
    }

    private Path file(long id) {
        return directory.resolve(id + ".avsc");
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            // Records on disk refer to this id: it must not be younger than they are.
            channel.force(true);
        }
    }

    private static RegistryVersionCoordinates coordinates(long id, String groupId, String artifactId) {
        return RegistryVersionCoordinates.create(id, id, groupId, artifactId, "1");
    }

    private static UnsupportedOperationException idsOnly() {
        return new UnsupportedOperationException("a local schema directory is asked by id");
    }
}
