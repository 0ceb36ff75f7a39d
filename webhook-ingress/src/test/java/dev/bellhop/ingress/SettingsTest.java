package dev.bellhop.ingress;

import static dev.bellhop.testing.DocumentedSettings.assertDocumented;
import static dev.bellhop.testing.DocumentedSettings.kebab;
import static dev.bellhop.testing.DocumentedSettings.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.ingress.app.WebhooksConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void the_readme_has_each_setting_of_the_service_with_its_default_and_no_other() throws IOException {
        assertDocumented("dev.bellhop.ingress", "webhooks.");
    }

    @Test
    void the_readme_has_each_setting_of_a_source() throws IOException {
        String keys = rows().map(row -> row.substring(0, row.indexOf('|', 1))).collect(Collectors.joining("\n"));

        assertThat(Arrays.stream(WebhooksConfig.SourceConfig.class.getMethods())
                        .filter(method -> method.getReturnType() != Map.class))
                .allSatisfy(method -> assertThat(keys).contains("`" + kebab(method.getName()) + "`"));
    }
}
