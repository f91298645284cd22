package dev.lockstep.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;

/** The house rules about modules, layers and names, on the classes of all modules. */
@AnalyzeClasses(packages = "dev.lockstep", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

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

    @ArchTest
    static final ArchRule launcherKnowsNoApplicationClass = noClasses()
            .that()
            .resideInAPackage("dev.lockstep.launcher..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.lockstep.product..",
                    "dev.lockstep.order..",
                    "dev.lockstep.client..",
                    "dev.lockstep.doctor..",
                    "dev.lockstep.security..",
                    "jakarta..");

    @ArchTest
    static final ArchRule applicationKnowsNeitherLauncherNorDriverNorServer = noClasses()
            .that()
            .resideOutsideOfPackages("dev.lockstep.launcher..", "dev.lockstep.participant..")
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
            .resideOutsideOfPackage("dev.lockstep.participant..")
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
    static final ArchRule clientsSeeOnlyTheBoundaryOfAService = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.lockstep.client..",
                    "dev.lockstep.doctor..",
                    "dev.lockstep.watch..",
                    "dev.lockstep.security..",
                    "dev.lockstep.live..",
                    "dev.lockstep.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.lockstep.product.control..",
                    "dev.lockstep.product.entity..",
                    "dev.lockstep.order.control..",
                    "dev.lockstep.order.entity..");

    @ArchTest
    static final ArchRule layersLookDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("product boundary")
            .definedBy("dev.lockstep.product.boundary..")
            .layer("product control")
            .definedBy("dev.lockstep.product.control..")
            .layer("product entity")
            .definedBy("dev.lockstep.product.entity..")
            .layer("order boundary")
            .definedBy("dev.lockstep.order.boundary..")
            .layer("order control")
            .definedBy("dev.lockstep.order.control..")
            .layer("order entity")
            .definedBy("dev.lockstep.order.entity..")
            .layer("client boundary")
            .definedBy("dev.lockstep.client.boundary..")
            .layer("client control")
            .definedBy("dev.lockstep.client.control..")
            .layer("watch boundary")
            .definedBy("dev.lockstep.watch.boundary..")
            .layer("watch control")
            .definedBy("dev.lockstep.watch.control..")
            .layer("live boundary")
            .definedBy("dev.lockstep.live.boundary..")
            .layer("live control")
            .definedBy("dev.lockstep.live.control..")
            .layer("doctor boundary")
            .definedBy("dev.lockstep.doctor.boundary..")
            .layer("doctor control")
            .definedBy("dev.lockstep.doctor.control..")
            .layer("security boundary")
            .definedBy("dev.lockstep.security.boundary..")
            .layer("security control")
            .definedBy("dev.lockstep.security.control..")
            .layer("console boundary")
            .definedBy("dev.lockstep.console.boundary..")
            .layer("console control")
            .definedBy("dev.lockstep.console.control..")
            .whereLayer("product boundary")
            .mayOnlyBeAccessedByLayers("client boundary", "client control", "live control")
            .whereLayer("product control")
            .mayOnlyBeAccessedByLayers("product boundary")
            .whereLayer("product entity")
            .mayOnlyBeAccessedByLayers("product boundary", "product control")
            .whereLayer("order boundary")
            .mayOnlyBeAccessedByLayers("client boundary", "client control", "live control")
            .whereLayer("order control")
            .mayOnlyBeAccessedByLayers("order boundary")
            .whereLayer("order entity")
            .mayOnlyBeAccessedByLayers("order boundary", "order control")
            .whereLayer("client boundary")
            .mayOnlyBeAccessedByLayers("security boundary", "console boundary")
            .whereLayer("client control")
            .mayOnlyBeAccessedByLayers(
                    "client boundary",
                    "live boundary",
                    "live control",
                    "security boundary",
                    "security control",
                    "console boundary",
                    "console control")
            .whereLayer("watch boundary")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("watch control")
            .mayOnlyBeAccessedByLayers(
                    "watch boundary",
                    "client boundary",
                    "live boundary",
                    "live control",
                    "console boundary",
                    "console control")
            .whereLayer("live boundary")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("live control")
            .mayOnlyBeAccessedByLayers("live boundary")
            .whereLayer("console boundary")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("console control")
            .mayOnlyBeAccessedByLayers("console boundary")
            .whereLayer("doctor boundary")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("doctor control")
            .mayOnlyBeAccessedByLayers("doctor boundary")
            .whereLayer("security boundary")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("security control")
            .mayOnlyBeAccessedByLayers("security boundary");

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
}
