import type {
    PolicyConfigSchema,
    PolicyResource,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationPolicy,
} from "@pulumi/policy";
import type { Facts } from "./facts";
import { canonicalType, objectsOf } from "./reading/types";
import { Property } from "./reading/property";
import {
    NOT_APPLICABLE,
    decide,
    each,
    type Checked,
    type CheckedInStack,
    type Finding,
    type ResourceRule,
    type Rule,
    type RuleMetadata,
    type Settings,
    type StackRule,
} from "./rule";

/** What Pulumi's policy SDK serves: the rule's metadata, and its check wired to the SDK's way of reporting. */
export function policy(rule: Rule, facts: Facts): ResourceValidationPolicy | StackValidationPolicy {
    return rule.scope === "resource" ? resourcePolicy(rule, facts) : stackPolicy(rule, facts);
}

function resourcePolicy(rule: ResourceRule, facts: Facts): ResourceValidationPolicy {
    const defaults = defaultsOf(rule);
    return {
        ...metadata(rule),
        validateResource: (args, report) => {
            const type = canonicalType(args.type);
            // Said without the SDK's `notApplicable`, which throws: this is most policies of most resources.
            if (!rule.types.has(type)) return;
            const context = { facts, settings: { ...defaults, ...args.getConfig<Settings>() } };
            const about = aboutOf(args);
            const results = objectsOf(args.type, Property.root(args.props)).map((props) =>
                decide(() => rule.check({ ...about, type, props }, context)),
            );
            const findings = results.flatMap((result) => (result === NOT_APPLICABLE ? [] : result));
            reportAll(rule, args.name, findings, report);
            if (results.every((result) => result === NOT_APPLICABLE)) {
                notApplicable(args, "It has nothing to say about this one");
            }
        },
    };
}

function stackPolicy(rule: StackRule, facts: Facts): StackValidationPolicy {
    const defaults = defaultsOf(rule);
    return {
        ...metadata(rule),
        validateStack: (args, report) => {
            const stack = args.resources.flatMap(checkedInStack);
            const subjects = stack.filter(({ type }) => rule.types.has(type));
            if (subjects.length === 0) notApplicable(args, "The stack has no resource that it is about");
            const context = { facts, settings: { ...defaults, ...args.getConfig<Settings>() } };
            const undecided: Finding[] = [];
            for (const subject of subjects) {
                const findings = each([subject], (resource) => rule.check(resource, stack, context));
                const decided = findings.filter((finding) => !("undecided" in finding));
                undecided.push(...findings.filter((finding) => "undecided" in finding));
                reportAll(rule, subject.name, decided, (message) => {
                    report(message, subject.urn);
                });
            }
            // Last, since it ends the run of the rule: what could be decided has been reported.
            reportAll(rule, "", undecided, report);
        },
    };
}

/** The SDK throws to say so: here without a stack trace, which nobody reads. */
function notApplicable(args: { notApplicable: (reason?: string) => never }, reason: string): never {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
        return args.notApplicable(reason);
    } finally {
        Error.stackTraceLimit = limit;
    }
}

function reportAll(
    rule: RuleMetadata,
    name: string,
    findings: readonly Finding[],
    report: (message: string) => void,
): void {
    for (const finding of findings) {
        if (!("undecided" in finding))
            report(message(rule.id, name, finding.path, finding.problem, finding.fix));
    }
    const undecided = findings.find((finding) => "undecided" in finding);
    // The SDK's own error: it answers "can't run policy … during preview", and the engine asks again in the update,
    // when the value is known and before the resource is touched.
    if (undecided !== undefined) throw undecided.undecided;
}

/** One line a violation, since the command line shows neither the remediation steps nor, always, the resource. */
function message(id: string, name: string, path: string, problem: string, fix: string): string {
    const place = path === "" ? "" : ` "${path}"`;
    return `${id}: '${name}':${place} ${problem}. ${fix}.`;
}

function metadata(rule: RuleMetadata): Omit<ResourceValidationPolicy, "validateResource"> {
    const { name, description, severity, remediationSteps, url, level, settings } = rule;
    return {
        name,
        description,
        displayName: `${rule.id} ${description.replace(/\.$/, "")}`,
        severity,
        remediationSteps,
        url,
        tags: [rule.id.toLowerCase()],
        ...(level !== undefined && { enforcementLevel: level }),
        ...(settings !== undefined && { configSchema: { properties: settings } }),
    };
}

/** The engine fills defaults in; where a pack runs without `Configure`, they come from the same schema. */
function defaultsOf(rule: RuleMetadata): Settings {
    const properties: PolicyConfigSchema["properties"] = rule.settings ?? {};
    return Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, schema.default]));
}

/** What is said of a resource besides its type and its properties. */
function aboutOf({
    name,
    urn,
    opts,
    provider,
}: ResourceValidationArgs | PolicyResource): Omit<Checked, "type" | "props"> {
    return {
        name,
        urn,
        protect: opts.protect,
        ignoreChanges: opts.ignoreChanges,
        provider: provider && {
            type: provider.type,
            name: provider.name,
            props: Property.root(provider.props),
        },
    };
}

function checkedInStack(resource: PolicyResource): CheckedInStack[] {
    const { type } = resource;
    const about = aboutOf(resource);
    const parentType = resource.parent && canonicalType(resource.parent.type);
    const sources = (property: string): readonly PolicyResource[] =>
        resource.propertyDependencies[property] ?? [];
    const dependencyTypes = (property: string): string[] => sources(property).map((source) => source.type);
    const dependencies = (property: string): string[] => sources(property).map((source) => source.urn);
    return objectsOf(type, Property.root(resource.props)).map((props) => ({
        ...about,
        type: canonicalType(type),
        props,
        parentType,
        dependencyTypes,
        dependencies,
    }));
}
