package dev.bellhop.local.command;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file that is to be read, and can be. */
final class ReadableFile implements ITypeConverter<Path> {

    @Override
    public Path convert(String name) {
        Path file = Path.of(name);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new TypeConversionException("there is no readable file " + name);
        }
        return file;
    }
}
