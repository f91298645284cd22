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
import dev.lockstep.web.stream.Repeated;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The house rules about modules, layers and names, on the classes of all modules. */
@AnalyzeClasses(
        packages = "dev.lockstep",
        importOptions = {
            ImportOption.DoNotIncludeTests.class,
            ArchitectureTest.DoNotIncludeTestTools.class,
            ArchitectureTest.DoNotIncludeCopies.class
        })
class ArchitectureTest {

    /** The module test-database is for tests alone, though it is no test-jar. */
    static final class DoNotIncludeTestTools implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/dev/lockstep/testing/");
        }
    }

    /** What a service hands to its callers is a jar of some of its own classes. */
    static final class DoNotIncludeCopies implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("-client.jar");
        }
    }

    /** What is for any application that uses the participant. */
    static final String[] CONSOLE = {
        "dev.lockstep.journal..",
        "dev.lockstep.picture..",
        "dev.lockstep.console..",
        "dev.lockstep.telemetry..",
        "dev.lockstep.operator..",
        "dev.lockstep.doctor..",
        "dev.lockstep.databases..",
        "dev.lockstep.flows.."
    };

    /** Beside the participant in the server's lib folder: the applications of a server share it. */
    private static final String FLOW_OF_THE_SERVER = "dev.lockstep.flow.*..";

    private static final String[] SERVICES = {"dev.lockstep.product..", "dev.lockstep.order.."};

    /** Each room knows those below it alone: the console no shop, the plumbing nobody, and nobody the lab. */
    @ArchTest
    static final ArchRule arrowsRunDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("lab")
            .definedBy("dev.lockstep.lab..")
            .layer("shop")
            .definedBy("dev.lockstep.shop..")
            .layer("console beside others")
            .definedBy("dev.lockstep.beside..")
            .layer("console")
            .definedBy(CONSOLE)
            .layer("web")
            .definedBy("dev.lockstep.web..")
            .layer("services")
            .definedBy(SERVICES)
            .layer("a service's face")
            .definedBy("dev.lockstep.rest..")
            .layer("flow of an application")
            .definedBy("dev.lockstep.flow")
            .layer("flow of the server")
            .definedBy(FLOW_OF_THE_SERVER)
            .layer("participant")
            .definedBy("dev.lockstep.participant..")
            .whereLayer("a service's face")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("flow of an application")
            .mayOnlyBeAccessedByLayers("a service's face", "shop", "lab")
            .whereLayer("flow of the server")
            .mayOnlyBeAccessedByLayers("flow of an application", "console")
            .whereLayer("lab")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("shop")
            .mayOnlyBeAccessedByLayers("lab")
            .whereLayer("console beside others")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("console")
            .mayOnlyBeAccessedByLayers("lab", "shop", "console beside others")
            .whereLayer("services")
            .mayOnlyBeAccessedByLayers("lab", "shop", "a service's face")
            .whereLayer("participant")
            .mayOnlyBeAccessedByLayers("lab", "shop", "console", "flow of an application", "flow of the server")
            .whereLayer("web")
            .mayNotAccessAnyLayer();

    /** Else the rule above would pass over a class in a new place. */
    @ArchTest
    static final ArchRule everyClassHasARoom = classes()
            .should()
            .resideInAnyPackage(Stream.of(
                            Stream.of(
                                            "lab",
                                            "shop",
                                            "beside",
                                            "web",
                                            "participant",
                                            "launcher",
                                            "rest",
                                            "flow",
                                            "examples")
                                    .map(room -> "dev.lockstep." + room + ".."),
                            Stream.of(CONSOLE),
                            Stream.of(SERVICES))
                    .flatMap(rooms -> rooms)
                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule packagesAreInOneModule = classes().should(shareTheirModuleWithTheirPackage());

    /** A library must not stand, unasked, in an application that has it for something else. */
    @ArchTest
    static final ArchRule webRegistersNothing = noClasses()
            .that()
            .resideInAPackage("dev.lockstep.web..")
            .should()
            .beAnnotatedWith(WebServlet.class)
            .orShould()
            .beAnnotatedWith(WebFilter.class)
            .orShould()
            .beAnnotatedWith(WebListener.class)
            .orShould()
            .beAnnotatedWith(ApplicationScoped.class);

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

    /**
     * Whichever component there is: a list of names would forget the next one. The participant is a library, and one class of it meant for this; so is
     * the peers files'.
     */
    @ArchTest
    static final ArchRule launcherKnowsNoApplicationClass = noClasses()
            .that()
            .resideInAPackage("dev.lockstep.launcher..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.lockstep..")
                    .and(not(resideInAPackage("dev.lockstep.launcher..")))
                    .and(not(resideInAPackage("dev.lockstep.participant")))
                    .and(not(resideInAPackage("dev.lockstep.flow.trust")))
                    .or(resideInAPackage("jakarta..")));

    @ArchTest
    static final ArchRule applicationKnowsNeitherLauncherNorDriverNorServer = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.lockstep.launcher..", "dev.lockstep.participant..", "dev.lockstep.flow.wire..")
            .and()
            .doNotHaveSimpleName("TicketNews") // LISTEN: JDBC has no words for it
            .and()
            .resideOutsideOfPackage("dev.lockstep.web.door.boundary..") // no servlet stands before the container
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
                    "javax.naming..",
                    "javax.sql..",
                    "javax.transaction.xa..");

    @ArchTest
    static final ArchRule applicationSeesTheParticipantOnlyAsAnObserver = noClasses()
            .that()
            .resideOutsideOfPackages("dev.lockstep.participant..", "dev.lockstep.launcher..", "dev.lockstep.flow..")
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
            .layer("transaction")
            .definedBy("dev.lockstep.participant.transaction..")
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
            .whereLayer("transaction")
            .mayOnlyBeAccessedByLayers("participant", "resolver")
            .whereLayer("database")
            .mayOnlyBeAccessedByLayers("participant", "resolver", "transaction");

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

    /** A service's feature with a room of its own, such as its tickets, stands above the rest of the service. */
    @ArchTest
    static final ArchRule servicePackagesHaveNoCycles =
            slices().matching("dev.lockstep.(order|product).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule featuresOfAModuleHaveNoCycles =
            slices().matching("dev.lockstep.(lab|shop|web).(*)..").should().beFreeOfCycles();

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
            .resideInAnyPackage("..boundary..", "dev.lockstep.order.ticket..", "dev.lockstep.examples..")
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

    private static ArchCondition<JavaClass> shareTheirModuleWithTheirPackage() {
        Map<String, URI> modules = new HashMap<>();
        return new ArchCondition<>("be in one module with the other classes of their package") {
            @Override
            public void check(JavaClass any, ConditionEvents events) {
                String path = any.getName().replaceFirst("\\$.*", "").replace('.', '/');
                String place = any.getSource().orElseThrow().getUri().toString();
                URI module = URI.create(place.substring(0, place.indexOf(path)));
                URI first = modules.computeIfAbsent(any.getPackageName(), unknown -> module);
                if (!first.equals(module)) {
                    events.add(SimpleConditionEvent.violated(any, any + " is in " + module + ", others in " + first));
                }
            }
        };
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
