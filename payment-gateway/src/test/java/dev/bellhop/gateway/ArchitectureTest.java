package dev.bellhop.gateway;

import dev.bellhop.testing.HouseRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> house_rules() {
        return HouseRules.of("dev.bellhop.gateway");
    }
}
