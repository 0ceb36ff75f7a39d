package dev.bellhop.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.quarkus.runtime.StartupEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnreadAnswersTest {

    private static final int TOO_MUCH = 64 << 20;

    @Test
    void a_burst_of_answers_does_not_wait_for_the_next_look() throws Exception {
        // Given
        EventLoopGroup loops = new NioEventLoopGroup(1);
        try {
            new UnreadAnswers().start(new StartupEvent(), loops);
            CompletableFuture<Channel> accepted = new CompletableFuture<>();
            Channel server = server(loops, accepted);
            try (Socket client = new Socket(
                    InetAddress.getLoopbackAddress(), ((InetSocketAddress) server.localAddress()).getPort())) {
                Channel channel = accepted.get(10, TimeUnit.SECONDS);

                // When
                boolean open = channel.eventLoop()
                        .submit(() -> {
                            var unused = channel.writeAndFlush(
                                    Unpooled.buffer(TOO_MUCH).writeZero(TOO_MUCH));
                            UnreadAnswers.written(TOO_MUCH);
                            return channel.isOpen();
                        })
                        .get(10, TimeUnit.SECONDS);

                // Then
                assertThat(client.isConnected()).isTrue();
                assertThat(open).isFalse();
            }
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
        }
    }

    private static Channel server(EventLoopGroup loops, CompletableFuture<Channel> accepted)
            throws InterruptedException {
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new ChannelInboundHandlerAdapter());
                        accepted.complete(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }
}
