package dev.lockstep.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.lockstep.watch.control.Repeated;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import java.util.Set;

/** The house rules about modules, layers and names, on the classes of all modules. */
@AnalyzeClasses(
        packages = "dev.lockstep",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeTestTools.class})
class ArchitectureTest {

    /** The module test-database is for tests alone, though it is no test-jar. */
    static final class DoNotIncludeTestTools implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/dev/lockstep/testing/");
        }
    }

    @ArchTest
    static final ArchRule productKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage("dev.lockstep.product..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.lockstep..").and(not(resideInAPackage("dev.lockstep.product.."))));

    @ArchTest
    static final ArchRule orderKnowsNoOtherModule = noClasses()
            .that()
            .resideInAPackage("dev.lockstep.order..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.lockstep..").and(not(resideInAPackage("dev.lockstep.order.."))));

    /** Whichever component there is: a list of names would forget the next one. The participant is a library, and one class of it meant for this. */
    @ArchTest
    static final ArchRule launcherKnowsNoApplicationClass = noClasses()
            .that()
            .resideInAPackage("dev.lockstep.launcher..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.lockstep..")
                    .and(not(resideInAPackage("dev.lockstep.launcher..")))
                    .and(not(resideInAPackage("dev.lockstep.participant")))
                    .or(resideInAPackage("jakarta..")));

    @ArchTest
    static final ArchRule applicationKnowsNeitherLauncherNorDriverNorServer = noClasses()
            .that()
            .resideOutsideOfPackages("dev.lockstep.launcher..", "dev.lockstep.participant..")
            .and()
            .doNotHaveSimpleName("TicketNews") // LISTEN: JDBC has no words for it
            .and()
            .resideOutsideOfPackage("dev.lockstep.door.boundary..") // no servlet stands before the container
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.lockstep.launcher..", "org.postgresql..", "fish.payara..", "com.sun..", "org.glassfish..");

    @ArchTest
    static final ArchRule participantNeedsTheDriverAndTheJdkAlone = classes()
            .that()
            .resideInAPackage("dev.lockstep.participant..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.lockstep.participant..",
                    "org.postgresql..",
                    "java..",
                    "javax.sql..",
                    "javax.transaction.xa..");

    @ArchTest
    static final ArchRule applicationSeesTheParticipantOnlyAsAnObserver = noClasses()
            .that()
            .resideOutsideOfPackages("dev.lockstep.participant..", "dev.lockstep.launcher..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.lockstep.participant..")
                    .and(not(resideInAPackage("dev.lockstep.participant.observe.."))));

    @ArchTest
    static final ArchRule participantPackagesLookDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("participant")
            .definedBy("dev.lockstep.participant")
            .layer("resolver")
            .definedBy("dev.lockstep.participant.resolver..")
            .layer("coordinator")
            .definedBy("dev.lockstep.participant.coordinator..")
            .layer("database")
            .definedBy("dev.lockstep.participant.database..")
            .layer("branch")
            .definedBy("dev.lockstep.participant.branch..")
            .layer("observe")
            .definedBy("dev.lockstep.participant.observe..")
            .whereLayer("observe")
            .mayNotAccessAnyLayer()
            .whereLayer("participant")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("resolver")
            .mayOnlyBeAccessedByLayers("participant")
            .whereLayer("coordinator")
            .mayOnlyBeAccessedByLayers("participant", "resolver")
            .whereLayer("database")
            .mayOnlyBeAccessedByLayers("participant", "resolver", "coordinator");

    @ArchTest
    static final ArchRule servicesAreSeenByTheirBoundaryOnly = noClasses()
            .that()
            .resideOutsideOfPackages("dev.lockstep.product..", "dev.lockstep.order..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.lockstep.product.control..",
                    "dev.lockstep.product.entity..",
                    "dev.lockstep.order.control..",
                    "dev.lockstep.order.entity..");

    /** Boundary over control over entity, within a component. */
    @ArchTest
    static final ArchRule layersLookDownwards = classes()
            .that()
            .resideInAnyPackage("..boundary..", "..control..", "..entity..")
            .should(lookDownwards());

    @ArchTest
    static final ArchRule componentsHaveNoCycles =
            slices().matching("dev.lockstep.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule launcherPackagesDoNotKnowWhoComposesThem = noClasses()
            .that()
            .resideInAPackage("dev.lockstep.launcher.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.lockstep.launcher");

    @ArchTest
    static final ArchRule launcherPackagesHaveNoCycles =
            slices().matching("dev.lockstep.launcher.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule statelessBeansAreBoundaries = classes()
            .that()
            .areAnnotatedWith(Stateless.class)
            .should()
            .resideInAPackage("..boundary..")
            .andShould()
            .beAnnotatedWith(TransactionAttribute.class);

    /** After an exception a timer runs its task no more, and tells nobody. */
    @ArchTest
    static final ArchRule timersRepeatWhateverHappens = noClasses()
            .should(be(describe("give a timer more tasks than they wrap", ArchitectureTest::leaveATaskUnwrapped)));

    @ArchTest
    static final ArchRule dependenciesComeByConstructor = noFields().should().beAnnotatedWith(Inject.class);

    @ArchTest
    static final ArchRule entitiesHaveVerbsInsteadOfSetters = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Entity.class)
            .should()
            .haveNameMatching("set[A-Z].*");

    @ArchTest
    static final ArchRule entityStateIsPrivate = fields().that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Entity.class)
            .and()
            .areNotStatic()
            .should()
            .bePrivate();

    @ArchTest
    static final ArchRule namesTellTheResponsibility =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Util|Utils|DTO|Dto)");

    @ArchTest
    static final ArchRule packagesTellTheFeature =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..impl..", "..dto..");

    private static boolean leaveATaskUnwrapped(JavaClass any) {
        long tasks = any.getMethodCallsFromSelf().stream()
                .map(call -> call.getTarget().getName())
                .filter(Set.of("scheduleAtFixedRate", "scheduleWithFixedDelay")::contains)
                .count();
        long wrapped = any.getConstructorCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().isEquivalentTo(Repeated.class))
                .count();
        return tasks > wrapped;
    }

    private static ArchCondition<JavaClass> lookDownwards() {
        return new ArchCondition<>("look downwards") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                origin.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                component(dependency.getTargetClass()).equals(component(origin))
                                        && height(dependency.getTargetClass()) > height(origin))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
            }
        };
    }

    private static String component(JavaClass any) {
        return any.getPackageName().replaceFirst("\\.(boundary|control|entity)(\\..*)?$", "");
    }

    private static int height(JavaClass any) {
        String name = any.getPackageName();
        return name.contains(".boundary") ? 2 : name.contains(".control") ? 1 : 0;
    }
}
