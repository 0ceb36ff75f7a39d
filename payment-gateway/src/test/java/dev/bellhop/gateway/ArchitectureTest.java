package dev.bellhop.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.bellhop.testing.HouseRules;
import jakarta.ws.rs.Path;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> house_rules() {
        return HouseRules.of("dev.bellhop.gateway");
    }

    /** Work that is cancelled in the middle of a transaction may keep its connection for ever (quarkusio/quarkus#51576); what was
     * stored, and not taken over here yet, would hold for the other instances alone. */
    @Test
    void no_client_can_cancel_what_it_began() {
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .and()
                .areNotInterfaces()
                .should(new ArchCondition<>("not be cancellable") {
                    @Override
                    public void check(JavaClass resource, ConditionEvents events) {
                        boolean shielded = resource.isAnnotatedWith(Cancellable.class)
                                && !resource.getAnnotationOfType(Cancellable.class)
                                        .value();
                        events.add(new SimpleConditionEvent(resource, shielded, resource.getName()));
                    }
                })
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.bellhop.gateway"));
    }
}
