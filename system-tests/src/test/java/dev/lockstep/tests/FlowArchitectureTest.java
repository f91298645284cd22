package dev.lockstep.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may know the flow between servers, and what the flow may know. */
@AnalyzeClasses(
        packages = "dev.lockstep",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeTestTools.class})
class FlowArchitectureTest {

    /** The console stands in servers without flows, too: what knows of them is loaded only where they are. */
    @ArchTest
    static final ArchRule consoleSeesFlowsOnlyAsAnObserver_andByOnePackage = noClasses()
            .that()
            .resideInAnyPackage(ArchitectureTest.CONSOLE)
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.lockstep.flow..").and(not(resideInAPackage("dev.lockstep.flow.observe.."))))
            .orShould(be(describe(
                    "know flow-server outside of dev.lockstep.flows",
                    any -> !any.getPackageName().equals("dev.lockstep.flows")
                            && any.getDirectDependenciesFromSelf().stream().anyMatch(dependency -> dependency
                                    .getTargetClass()
                                    .getPackageName()
                                    .startsWith("dev.lockstep.flow.")))));

    /** It is published: nobody who reads of flows may come by what makes them. */
    @ArchTest
    static final ArchRule observersOfFlowsKnowNothingElseOfThem = noClasses()
            .that()
            .resideInAPackage("dev.lockstep.flow.observe..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.lockstep..")
                    .and(not(resideInAnyPackage("dev.lockstep.flow.observe..", "dev.lockstep.participant.observe.."))));

    @ArchTest
    static final ArchRule flowSeesWhatTheParticipantPublishesForIt = noClasses()
            .that()
            .resideInAPackage("dev.lockstep.flow..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.lockstep.participant..")
                    .and(not(simpleName("FlowParticipant")))
                    .and(not(resideInAPackage("dev.lockstep.participant.flow..")))
                    .and(not(resideInAPackage("dev.lockstep.participant.branch..")))
                    .and(not(resideInAPackage("dev.lockstep.participant.observe.."))));

    /** They are read by those who know nothing of the shop, and each alone. */
    @ArchTest
    static final ArchRule examplesKnowTheFlowAndThePagesAlone = noClasses()
            .that()
            .resideInAPackage("dev.lockstep.examples..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.lockstep..")
                    .and(not(
                            resideInAnyPackage("dev.lockstep.examples..", "dev.lockstep.flow", "dev.lockstep.web.."))));

    @ArchTest
    static final ArchRule examplesDoNotKnowEachOther =
            slices().matching("dev.lockstep.examples.(*)..").should().notDependOnEachOther();

    /** Whoever reads them finds the classes of a server in one package, and its archive has no other's. */
    @ArchTest
    static final ArchRule serversOfAnExampleShareItsContractsAlone =
            slices().matching("dev.lockstep.examples.(*).(*)").should().notDependOnEachOther();
}
