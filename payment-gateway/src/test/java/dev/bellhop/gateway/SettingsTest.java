package dev.bellhop.gateway;

import static dev.bellhop.testing.DocumentedSettings.assertDocumented;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void the_readme_has_each_setting_with_its_default_and_no_other() throws IOException {
        assertDocumented("dev.bellhop.gateway", "gateway.");
    }
}
