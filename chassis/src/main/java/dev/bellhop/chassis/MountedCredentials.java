package dev.bellhop.chassis;

import io.quarkus.credentials.CredentialsProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The database's user and password from the files {@code username} and {@code password} of the folder that
 * {@code quarkus.datasource.credentials-provider} names. They are read for every new connection, so that a password can
 * change without a restart.
 */
public final class MountedCredentials implements CredentialsProvider {

    @Override
    public Map<String, String> getCredentials(String folder) {
        return Map.of(USER_PROPERTY_NAME, read(folder, "username"), PASSWORD_PROPERTY_NAME, read(folder, "password"));
    }

    private static String read(String folder, String file) {
        try {
            return Files.readString(Path.of(folder, file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the database's " + file + " cannot be read", e);
        }
    }
}
