package dev.bellhop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class TrackingPictureTest {

    @Test
    void each_way_has_its_dot_and_stays_within_the_picture() throws Exception {
        TrackingPicture picture = new TrackingPicture(List.of(
                figure("asking every 1 s: requests per order", 31),
                figure("asking every 1 s: paid until known, p50", 512),
                figure("asking every 1 s: paid until known, p99", 1_020),
                figure("webhook: requests per order", 1),
                figure("webhook: paid until known, p50", 1),
                figure("webhook: paid until known, p99", 9e9),
                Measurement.plain("api", "GET: something", "1/s", List.of(1.0))));

        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(picture.svg().getBytes(StandardCharsets.UTF_8)));

        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(2);
        assertThat(svg.getDocumentElement().getTextContent()).contains("asking every 1 s", "webhook", "10 ms", "100 s");
        for (int i = 0; i < svg.getElementsByTagName("line").getLength(); i++) {
            var line = svg.getElementsByTagName("line").item(i).getAttributes();
            assertThat(Double.parseDouble(line.getNamedItem("y2").getNodeValue()))
                    .isBetween(0.0, 400.0);
        }
    }

    @Test
    void there_is_none_without_tracking() {
        assertThat(new TrackingPicture(List.of(Measurement.plain("api", "GET", "1/s", List.of(1.0)))).isEmpty())
                .isTrue();
    }

    private static Measurement figure(String what, double value) {
        return Measurement.plain("tracking", what, "", List.of(value));
    }
}
