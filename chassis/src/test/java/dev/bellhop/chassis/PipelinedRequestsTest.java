package dev.bellhop.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PipelinedRequestsTest {

    private static final int PIECE = 8 * 1024;
    private static final int LARGE = 1 << 20;
    /** Twice as many as there is room for. */
    private static final int CROWD = (int) (2 * PipelinedRequests.MOST_BYTES / LARGE);

    @Test
    void what_a_crowd_has_behind_its_requests_takes_no_more_than_its_room() {
        // Given
        List<EmbeddedChannel> crowd = crowd();
        List<EmbeddedChannel> next = crowd();
        EmbeddedChannel small = channel();
        try {
            // When
            crowd.forEach(channel -> send(channel, LARGE));
            send(small, 100);

            // Then
            long open = open(crowd);
            assertThat(open).isBetween(CROWD / 4L, CROWD / 2L + 1);
            assertThat(small.isOpen()).isTrue();

            // When they have gone
            crowd.forEach(EmbeddedChannel::finishAndReleaseAll);
            next.forEach(channel -> send(channel, LARGE));

            // Then
            assertThat(open(next)).isEqualTo(open);
        } finally {
            next.forEach(EmbeddedChannel::finishAndReleaseAll);
            small.finishAndReleaseAll();
        }
    }

    private static List<EmbeddedChannel> crowd() {
        return Stream.generate(PipelinedRequestsTest::channel).limit(CROWD).toList();
    }

    /** On which a request is under way, with which the handler came. */
    private static EmbeddedChannel channel() {
        return new EmbeddedChannel(new PipelinedRequests());
    }

    private static long open(List<EmbeddedChannel> channels) {
        return channels.stream().filter(EmbeddedChannel::isOpen).count();
    }

    private static void send(EmbeddedChannel channel, int bytes) {
        channel.pipeline().fireChannelRead(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
        IntStream.range(0, Math.max(1, bytes / PIECE))
                .mapToObj(piece -> Unpooled.wrappedBuffer(new byte[Math.min(bytes, PIECE)]))
                .forEach(piece -> channel.pipeline().fireChannelRead(new DefaultHttpContent(piece)));
    }
}
