package dev.bellhop.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.gateway.delivery.Addresses.Lookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:c0a8:1::",
                "2001::1",
                "2001:db8::1",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "100::1"
            })
    void an_address_that_is_not_for_everybody_is_refused(String address) throws UnknownHostException {
        assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.0.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.1.1",
                "223.255.255.255",
                "2606:4700::1111",
                "64:ff9b::101:101",
                "2002:101:101::"
            })
    void a_public_address_is_allowed(String address) throws UnknownHostException {
        assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "[::ffff:10.0.0.1]", "2130706433", "127.1"})
    void an_odd_way_to_write_it_does_not_help(String host) {
        Addresses addresses = new Addresses(InetAddress::getAllByName, false);
        assertThatThrownBy(() -> addresses.vetted(host).await().atMost(DEADLINE))
                .hasMessageMatching("address not allowed|host unknown");
    }

    @Test
    void one_private_address_spoils_the_name() throws UnknownHostException {
        InetAddress[] mixed = {InetAddress.getByName("1.1.1.1"), InetAddress.getByName("10.0.0.1")};
        Addresses addresses = new Addresses(host -> mixed, false);
        assertThatThrownBy(() -> addresses.vetted("mixed.example").await().atMost(DEADLINE))
                .hasMessage("address not allowed");
    }

    @Test
    void a_name_is_looked_up_once_and_what_was_vetted_is_what_is_connected_to() throws UnknownHostException {
        // Given
        Deque<String> answers = new ArrayDeque<>(List.of("1.1.1.1", "127.0.0.1"));
        Lookup rebinding = host -> new InetAddress[] {InetAddress.getByName(answers.remove())};
        Addresses addresses = new Addresses(rebinding, false);

        // When
        InetAddress first = addresses.vetted("rebinding.example").await().atMost(DEADLINE);

        // Then
        assertThat(first.getHostAddress()).isEqualTo("1.1.1.1");
        assertThat(answers).hasSize(1);
        assertThatThrownBy(() -> addresses.vetted("rebinding.example").await().atMost(DEADLINE))
                .hasMessage("address not allowed");
    }
}
