package dev.bellhop.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;

/**
 * The rules of the house that a machine can keep: who may know whom, and what no code of a service does. CONTRIBUTING.md
 * says why. Each rule has a planted sin in this module's tests, so that none can pass for nothing.
 */
public final class HouseRules {

    private static final String[] ADAPTERS = {
        "api", "console", "messaging", "oidc", "persistence", "provider", "delivery", "schedule", "scheme", "spool"
    };

    private HouseRules() {}

    /** One test per rule over the main classes of the service whose base package is given, as {@code dev.bellhop.order}. */
    public static Stream<DynamicTest> of(String service) {
        JavaClasses main = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(service);
        return rules(service).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> rule.getValue().allowEmptyShould(true).check(main)));
    }

    /** Every rule by its name. */
    static Map<String, ArchRule> rules(String service) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("domain_knows_the_JDK_only", domainKnowsTheJdkOnly(service));
        rules.put("app_knows_domain_and_Mutiny_only", appKnowsDomainAndMutinyOnly(service));
        for (String adapter : ADAPTERS) {
            rules.put(adapter + "_knows_no_other_adapter", adapterKnowsNoOther(service, adapter));
        }
        rules.put("domain_is_synchronous", domainIsSynchronous());
        rules.put("names_say_what_a_thing_is", namesSayWhatAThingIs());
        rules.put("nothing_is_injected_into_a_field", nothingIsInjectedIntoAField());
        rules.put("endpoint_methods_are_public", endpointMethodsArePublic());
        rules.put("no_client_can_cancel_what_it_began", noClientCanCancelWhatItBegan());
        rules.put("nothing_blocks_a_thread", nothingBlocksAThread());
        rules.put("use_cases_leave_subscribing_to_their_caller", useCasesDoNotSubscribe());
        rules.put("time_and_chance_come_by_constructor", timeAndChanceComeByConstructor());
        rules.put("every_package_is_null_marked", everyPackageIsNullMarked());
        rules.put("public_classes_are_final", publicClassesAreFinal());
        rules.put("no_field_is_optional", noFieldIsOptional());
        rules.put("problems_is_the_only_exception_mapper", problemsIsTheOnlyExceptionMapper());
        rules.put("nobody_prints", nobodyPrints());
        return rules;
    }

    private static ArchRule domainKnowsTheJdkOnly(String service) {
        return noClasses()
                .that()
                .resideInAPackage("..domain..")
                .should()
                .dependOnClassesThat(resideOutsideOfPackages(service + ".domain..", "java..", "org.jspecify.."))
                .because("rules about money must run, and be read, without a framework");
    }

    private static ArchRule appKnowsDomainAndMutinyOnly(String service) {
        return noClasses()
                .that()
                .resideInAPackage("..app..")
                .should()
                .dependOnClassesThat(resideOutsideOfPackages(
                                service + ".app..",
                                service + ".domain..",
                                service + ".telemetry..",
                                "java..",
                                "org.jspecify..",
                                "io.smallrye.mutiny..",
                                "io.smallrye.config..",
                                "jakarta.inject..",
                                "jakarta.enterprise..",
                                "org.jboss.logging..")
                        .and(describe("other than @WithTransaction", type -> !type.getSimpleName()
                                .equals("WithTransaction"))))
                .because("a use case says what happens, adapters say how");
    }

    private static ArchRule adapterKnowsNoOther(String service, String adapter) {
        String[] others = Arrays.stream(ADAPTERS)
                .filter(other -> !other.equals(adapter))
                .map(other -> service + "." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(service + "." + adapter + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(others))
                .because("adapters meet in the use cases only");
    }

    private static ArchRule domainIsSynchronous() {
        return noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("..domain..")
                .should()
                .haveRawReturnType(describe(
                        "a Uni, Multi or future", type -> Set.of("Uni", "Multi", "CompletionStage", "CompletableFuture")
                                .contains(type.getSimpleName())))
                .because("whatever waits is not a rule");
    }

    private static ArchRule namesSayWhatAThingIs() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Service|Dto|DTO|Mapper)")
                .because("such a name says how a class feels, not what it is");
    }

    private static ArchRule nothingIsInjectedIntoAField() {
        Set<String> injections = Set.of("Inject", "ConfigProperty", "Channel", "RestClient");
        return noFields()
                .should()
                .beAnnotatedWith(describe(
                        "injection",
                        annotation ->
                                injections.contains(annotation.getRawType().getSimpleName())))
                .because("a constructor shows what a class needs");
    }

    private static ArchRule endpointMethodsArePublic() {
        DescribedPredicate<CanBeAnnotated> endpoint = describe(
                "an HTTP method",
                member -> member.isMetaAnnotatedWith(describe(
                        "@HttpMethod",
                        annotation -> annotation.getRawType().getSimpleName().equals("HttpMethod"))));
        return methods()
                .that(endpoint.forSubtype())
                .should()
                .bePublic()
                .because("Quarkus REST ignores others with a warning and answers 404");
    }

    private static ArchRule noClientCanCancelWhatItBegan() {
        String cancellable = "org.jboss.resteasy.reactive.server.Cancellable";
        return classes()
                .that()
                .areAnnotatedWith("jakarta.ws.rs.Path")
                .and()
                .areNotInterfaces()
                .should(new ArchCondition<>("not be cancellable") {
                    @Override
                    public void check(JavaClass resource, ConditionEvents events) {
                        boolean shielded = resource.isAnnotatedWith(cancellable)
                                && resource.getAnnotationOfType(cancellable)
                                        .get("value")
                                        .filter(Boolean.FALSE::equals)
                                        .isPresent();
                        events.add(new SimpleConditionEvent(resource, shielded, resource.getName()));
                    }
                })
                .because("work that is cancelled in the middle of a transaction may keep its connection for ever"
                        + " (quarkusio/quarkus#51576), and what was stored may not be taken over here");
    }

    private static ArchRule nothingBlocksAThread() {
        Set<String> blocking = Set.of(
                "java.lang.Thread.sleep",
                "io.smallrye.mutiny.Uni.await",
                "java.util.concurrent.CompletableFuture.get",
                "java.util.concurrent.CompletableFuture.join",
                "java.util.concurrent.Future.get");
        return noClasses().should(call(blocking)).because("one blocked event loop stalls every request on it");
    }

    private static ArchRule useCasesDoNotSubscribe() {
        return noClasses()
                .that()
                .resideInAnyPackage("..app..", "..domain..")
                .should(call(Set.of("io.smallrye.mutiny.Uni.subscribe", "io.smallrye.mutiny.Multi.subscribe")))
                .because("a failure that nobody receives is a lost event");
    }

    private static ArchRule timeAndChanceComeByConstructor() {
        Set<String> hidden = Set.of(
                "java.time.Instant.now",
                "java.time.LocalDate.now",
                "java.time.OffsetDateTime.now",
                "java.lang.System.currentTimeMillis",
                "java.util.UUID.randomUUID",
                "java.lang.Math.random",
                "java.util.concurrent.ThreadLocalRandom.current");
        return noClasses()
                .that()
                .resideInAnyPackage("..app..", "..domain..")
                .should(callMethodWhere(describe(
                        "time or chance out of nowhere",
                        (JavaMethodCall call) -> hidden.contains(nameOf(call))
                                && call.getTarget().getRawParameterTypes().isEmpty())))
                .because("a test must be able to say what time it is");
    }

    private static ArchRule everyPackageIsNullMarked() {
        return classes()
                .that()
                .areTopLevelClasses()
                .should(new ArchCondition<JavaClass>("live in a @NullMarked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                        events.add(new SimpleConditionEvent(
                                type, marked, type.getPackageName() + " of " + type.getName()));
                    }
                })
                .because("nullness is part of every signature");
    }

    private static ArchRule publicClassesAreFinal() {
        return classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areTopLevelClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("nothing here is meant to be extended");
    }

    private static ArchRule noFieldIsOptional() {
        return fields().should()
                .notHaveRawType(describe("Optional", type -> type.getName().startsWith("java.util.Optional")))
                .because("@Nullable says the same without a box");
    }

    private static ArchRule problemsIsTheOnlyExceptionMapper() {
        return noMethods()
                .that()
                .areDeclaredInClassesThat()
                .doNotHaveSimpleName("Problems")
                .should()
                .beAnnotatedWith(describe(
                        "@ServerExceptionMapper",
                        annotation -> annotation.getRawType().getSimpleName().equals("ServerExceptionMapper")))
                .because("one place decides what a failure looks like");
    }

    private static ArchRule nobodyPrints() {
        return noClasses()
                .should(new ArchCondition<JavaClass>("print to the console") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        for (JavaAccess<?> access : type.getFieldAccessesFromSelf()) {
                            boolean console = access.getTargetOwner().isEquivalentTo(System.class)
                                    && Set.of("out", "err").contains(access.getName());
                            events.add(new SimpleConditionEvent(access, console, access.getDescription()));
                        }
                    }
                })
                .because("what a service has to say goes to its log");
    }

    private static ArchCondition<JavaClass> call(Set<String> banned) {
        return callMethodWhere(describe("one of " + banned, (JavaMethodCall call) -> banned.contains(nameOf(call))));
    }

    private static String nameOf(JavaMethodCall call) {
        return call.getTargetOwner().getName() + "." + call.getName();
    }
}
