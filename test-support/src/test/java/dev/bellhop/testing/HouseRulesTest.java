package dev.bellhop.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HouseRulesTest {

    private static final String SINS = "dev.bellhop.testing.sins";

    @TestFactory
    Stream<DynamicTest> each_rule_sees_the_sin_that_was_planted_for_it() {
        JavaClasses sins = new ClassFileImporter().importPackages(SINS);
        return HouseRules.rules(SINS).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> assertThat(
                                rule.getValue().evaluate(sins).hasViolation())
                        .as(rule.getValue().getDescription())
                        .isTrue()));
    }
}
