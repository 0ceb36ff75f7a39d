package dev.bellhop.ingress;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.spi.Converter;

/** Settings as the service reads them, where no service runs. */
public final class Configured {

    private Configured() {}

    /** By these mappings and no other: a key that none of them has is wrong. */
    public static SmallRyeConfig by(Map<String, String> settings, Class<?>... mappings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withConverters(new Converter<?>[] {new DurationConverter()})
                .addDiscoveredConverters();
        for (Class<?> mapping : mappings) {
            builder.withMapping(mapping);
        }
        return builder.build();
    }
}
