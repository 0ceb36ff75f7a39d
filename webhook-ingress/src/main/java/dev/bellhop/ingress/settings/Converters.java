package dev.bellhop.ingress.settings;

import dev.bellhop.ingress.domain.AddressRange;
import dev.bellhop.ingress.domain.ByteSize;
import dev.bellhop.ingress.domain.Location;
import dev.bellhop.ingress.domain.Switch;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Our own types of settings. SmallRye would find their {@code of} by itself, but leave out what it says is wrong. Named in
 * {@code META-INF/services}, one by one.
 */
public final class Converters {

    private Converters() {}

    /** Of {@link ByteSize}. */
    public static final class Sizes implements Converter<ByteSize> {

        private static final long serialVersionUID = 1L;

        @Override
        public ByteSize convert(String text) {
            return ByteSize.of(text);
        }
    }

    /** Of {@link Location}. */
    public static final class Locations implements Converter<Location> {

        private static final long serialVersionUID = 1L;

        @Override
        public Location convert(String text) {
            return Location.of(text);
        }
    }

    /** Of {@link AddressRange}. */
    public static final class AddressRanges implements Converter<AddressRange> {

        private static final long serialVersionUID = 1L;

        @Override
        public AddressRange convert(String text) {
            return AddressRange.of(text);
        }
    }

    /** Of {@link Switch}. */
    public static final class Switches implements Converter<Switch> {

        private static final long serialVersionUID = 1L;

        @Override
        public Switch convert(String text) {
            return Switch.of(text);
        }
    }
}
