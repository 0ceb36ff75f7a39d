package dev.bellhop.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What depends on how the packaged service is started. */
class PackagedIT {

    @Test
    void a_target_that_is_no_uri_is_refused_with_a_problem_document() throws IOException {
        // Given
        IngressProcess ingress = new IngressProcess(Map.of());
        try (Wire wire = new Wire(ingress.root())) {
            // When
            String answer = wire.write("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .rest();

            // Then
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"malformed_request\"");
        } finally {
            ingress.kill();
        }
    }
}
