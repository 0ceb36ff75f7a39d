package dev.bellhop.local.command;

import dev.bellhop.local.Service;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A service by the name of its module. */
final class ServiceConverter implements ITypeConverter<Service> {

    @Override
    public Service convert(String name) {
        return Arrays.stream(Service.values())
                .filter(service -> service.folder().equals(name))
                .findAny()
                .orElseThrow(() -> new TypeConversionException(
                        "there is no service '" + name + "'; there are " + Arrays.toString(Service.values())));
    }
}
