import type { IsolationFinding } from "../isolation";
import type { Rendering } from "../rendering";
import { counted } from "../../components/domain/counted";
import { isolationSection } from "./isolation";
import { filled, listed, padded, wordsOf } from "./layout";
import { accessSection } from "./readers";
import { rotationSection } from "./rotation";
import { Redactor } from "./redact";
import { painted, styleOf } from "./style";
import type { ReportOptions, Style } from "./style";
import { summarize } from "./summary";
import type { StackSummary } from "./summary";
import { folded, treeSection } from "./tree";
import { generationsSection, needsValueSection, opaqueSection } from "./values";
import { assess, verdict } from "./verdict";
import { diagnosticsSection, sorted, violationsSection } from "./violations";

/**
 * The preview for people: per stack what is declared, what is still to set, the generations live, who may read,
 * what policies say; then what stands between the environments; at the end a line a stack with the verdict.
 */
export function printReport(
    renderings: readonly Rendering[],
    options: ReportOptions = {},
    isolation: readonly IsolationFinding[] = [],
): string {
    const style = styleOf(options);
    const redactor = new Redactor(renderings);
    const stacks = assess(renderings).map((each) => ({
        rendering: each.rendering,
        summary: summarize(each),
    }));
    const bodies = stacks.flatMap(({ rendering, summary }) => {
        const wrong = [
            ...rotationSection(rendering, style),
            ...violationsSection(rendering, redactor, style),
            ...diagnosticsSection(rendering, redactor, style),
        ];
        if (options.quiet === true) return summary.verdict === "clean" ? [] : wrong;
        return [
            ...heading(rendering, summary, style),
            ...treeSection(rendering, summary, style),
            ...needsValueSection(summary, style),
            ...generationsSection(summary, style),
            ...opaqueSection(rendering, style),
            ...accessSection(summary.access, style),
            ...wrong,
        ];
    });
    const verdicts = stacks.flatMap(({ rendering, summary }) => verdictLine(rendering, summary, style));
    const overall =
        stacks.length > 1 || isolation.length > 0 ? [overallLine(renderings, isolation, style)] : [];
    const nothing = stacks.length === 0 ? ["No stack was previewed."] : [];
    const between = isolationSection(isolation, redactor, style);
    return [...bodies, ...between, ...verdicts, ...overall, ...nothing]
        .map((line) => line.trimEnd())
        .join("\n")
        .concat("\n");
}

/** `2 stacks, 1 finding between environments: violated`. */
function overallLine(
    renderings: readonly Rendering[],
    isolation: readonly IsolationFinding[],
    style: Style,
): string {
    const found =
        isolation.length === 0 ? "" : `, ${counted(isolation.length, "finding")} between environments`;
    return `${counted(renderings.length, "stack")}${found}: ${painted(verdict(renderings, isolation), style)}`;
}

function heading({ project, complete }: Rendering, summary: StackSummary, style: Style): readonly string[] {
    const { stack, resources, components, providers, reads, byProvider } = summary;
    const title = ` ${stack} `;
    const rule = "─".repeat(Math.max(0, style.columns - title.length - 2));
    const facts = [
        counted(resources, "resource"),
        counted(components, "component"),
        counted(providers, "provider"),
        ...(reads === 0 ? [] : [`${reads} only read`]),
    ];
    const names = Math.max(0, ...byProvider.map(({ provider }) => provider.length));
    const counts = Math.max(0, ...byProvider.map(({ count }) => String(count).length));
    const cutShort = complete
        ? []
        : [style.bad("The program failed: what follows is only what came before."), ""];
    return [
        `──${style.bold(title)}${style.faint(rule)}`,
        ...filled("", "  ", [...wordsOf(`Project ${project}:`), ...listed(facts)], style.columns),
        ...byProvider.flatMap(({ provider, count, kinds }) => {
            const first = `  ${padded(provider, names)}  ${String(count).padStart(counts)}  `;
            return filled(first, " ".repeat(names + counts + 6), folded(kinds, style), style.columns);
        }),
        "",
        ...cutShort,
    ];
}

/** `prod: 143 resources, 0 violations, 6 values still to set: clean`. */
function verdictLine(rendering: Rendering, summary: StackSummary, style: Style): readonly string[] {
    const { rotation } = rendering;
    const { mandatory, advisory, exempt } = sorted(rendering);
    const { needsValue, access, resources, stack } = summary;
    const facts = [
        counted(resources, "resource"),
        counted(mandatory.length, "violation"),
        ...(advisory.length === 0 ? [] : [`${advisory.length} advisory`]),
        ...(exempt.length === 0 ? [] : [`${exempt.length} exempt`]),
        ...(rotation === undefined || rotation.refused.length === 0
            ? []
            : [counted(rotation.refused.length, "refused step")]),
        ...(needsValue.length === 0 ? [] : [`${counted(needsValue.length, "value")} still to set`]),
        ...(access.findings.length === 0 ? [] : [counted(access.findings.length, "access finding")]),
    ];
    const sentence = `${style.bold(stack)}: ${facts.join(", ")}: ${painted(summary.verdict, style)}`;
    return filled("", "  ", sentence.split(" "), style.columns);
}
