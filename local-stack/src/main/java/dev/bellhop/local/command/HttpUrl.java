package dev.bellhop.local.command;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where somebody can be called. */
final class HttpUrl implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) throws URISyntaxException {
        URI url = new URI(text);
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getHost() == null) {
            throw new TypeConversionException("'" + text + "' is no http or https URL");
        }
        return url;
    }
}
