package dev.bellhop.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleConnectionsTest {

    private static final long SECONDS = 10;
    private static final Duration A_DAY = Duration.ofDays(1);

    private final EventLoopGroup loops = new NioEventLoopGroup(1);
    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private final List<Socket> clients = new ArrayList<>();
    private Channel server;

    @BeforeEach
    void listen() throws InterruptedException {
        server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new ChannelInboundHandlerAdapter());
                        accepted.add(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    @AfterEach
    void close() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void of_too_many_those_end_that_have_asked_nothing_for_a_while() throws Exception {
        // Given
        IdleConnections.Look look = new IdleConnections(A_DAY, 2).new Look((SingleThreadEventLoop) loops.next());
        Channel busy = connect();
        busy.pipeline().addLast(new PipelinedRequests());
        List<Channel> silent = List.of(connect(), connect());
        run(look);
        run(look);
        assertThat(silent).allMatch(Channel::isOpen);
        Channel newcomer = connect();

        // When
        run(look);

        // Then
        assertThat(silent).noneMatch(Channel::isOpen);
        assertThat(List.of(busy, newcomer)).allMatch(Channel::isOpen);
    }

    @Test
    void who_asks_nothing_for_too_long_is_sent_away_alone() throws Exception {
        IdleConnections.Look look =
                new IdleConnections(Duration.ZERO, 2).new Look((SingleThreadEventLoop) loops.next());
        Channel busy = connect();
        busy.pipeline().addLast(new PipelinedRequests());
        Channel silent = connect();
        run(look);
        assertThat(silent.isOpen()).isTrue();

        run(look);

        assertThat(silent.isOpen()).isFalse();
        assertThat(busy.isOpen()).isTrue();
    }

    @Test
    void who_asks_between_two_looks_is_no_crowd() throws Exception {
        // Given
        IdleConnections.Look look = new IdleConnections(A_DAY, 0).new Look((SingleThreadEventLoop) loops.next());
        Channel quick = connect();
        quick.pipeline().addLast(new PipelinedRequests(), new ChannelInboundHandlerAdapter());
        answered(quick);

        for (int i = 0; i < 3; i++) {
            // When
            run(look);

            // Then
            assertThat(quick.isOpen()).isTrue();
            quick.pipeline().fireChannelRead(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
            answered(quick);
        }
        run(look);
        run(look);
        assertThat(quick.isOpen()).isFalse();
    }

    private static void answered(Channel channel) throws Exception {
        // no codec is there to write it, but it goes past the handler
        channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).await(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void who_leaves_makes_room() throws Exception {
        IdleConnections.Look look = new IdleConnections(A_DAY, 2).new Look((SingleThreadEventLoop) loops.next());
        for (int i = 0; i < 10; i++) {
            Channel channel = connect();
            run(look);
            assertThat(channel.isOpen()).isTrue();
            channel.close().sync();
        }
    }

    private Channel connect() throws Exception {
        clients.add(
                new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) server.localAddress()).getPort()));
        return accepted.poll(SECONDS, TimeUnit.SECONDS);
    }

    private void run(IdleConnections.Look look) throws Exception {
        loops.next().submit(look).get(SECONDS, TimeUnit.SECONDS);
    }
}
