import type {
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationPolicy,
    StackValidationPolicy,
} from "@pulumi/policy";
import { aboutOf, checkedStack } from "./checked";
import { ExemptionBook } from "./exemptions/book";
import type { Exempted } from "./exemptions/exemption";
import type { Facts } from "./facts";
import { exemptText, undecidedViolation, violationText } from "./message";
import { canonicalType, objectsOf } from "./reading/types";
import { Property } from "./reading/property";
import {
    NOT_APPLICABLE,
    decide,
    type CheckedInStack,
    type Finding,
    type ResourceRule,
    type Rule,
    type RuleMetadata,
    type Settings,
    type StackRule,
    type Undecided,
    type Violation,
} from "./rule";

/**
 * What Pulumi's policy SDK serves: the rule's metadata, and its check wired to the SDK's way of reporting.
 *
 * What can't be decided yet counts as a failure. A rule about one resource waits with the SDK's own "can't run policy":
 * the engine asks again in the update, before the resource is touched, and the offline preview counts it as a
 * violation. A rule about the stack is asked for the last time after everything was made, so there it is a violation at
 * once.
 */
export function policy(
    rule: Rule,
    facts: Facts,
    book = new ExemptionBook(),
): ResourceValidationPolicy | StackValidationPolicy {
    return rule.scope === "resource" ? resourcePolicy(rule, facts, book) : stackPolicy(rule, facts, book);
}

/** A policy that says which types it is about, so that it is not asked about others: `read-once.js`. */
interface TypedPolicy extends ResourceValidationPolicy {
    readonly isAbout: (type: string) => boolean;
}

function resourcePolicy(rule: ResourceRule, facts: Facts, book: ExemptionBook): TypedPolicy {
    const defaults = defaultsOf(rule);
    return {
        ...metadata(rule),
        isAbout: (type) => rule.types.has(canonicalType(type)),
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
            const violations = findings.filter(isViolation);
            const undecided = findings.find(isUndecided);
            if (undecided === undefined || violations.length > 0)
                book.looked(rule.name, args, violations.length > 0);
            reportAll(rule, args, violations, book, report);
            // The SDK's own error, which it answers with "can't run policy … during preview".
            if (undecided !== undefined) throw undecided.undecided;
            if (results.every((result) => result === NOT_APPLICABLE)) {
                notApplicable(args, "It has nothing to say about this one");
            }
        },
    };
}

function stackPolicy(rule: StackRule, facts: Facts, book: ExemptionBook): StackValidationPolicy {
    const defaults = defaultsOf(rule);
    return {
        ...metadata(rule),
        validateStack: (args, report) => {
            const stack = checkedStack(args.resources);
            const subjects = stack.filter(({ type }) => rule.types.has(type));
            if (subjects.length === 0) notApplicable(args, "The stack has no resource that it is about");
            const context = { facts, settings: { ...defaults, ...args.getConfig<Settings>() } };
            let waiting: Undecided | undefined;
            for (const subject of subjects) {
                const findings: readonly Finding[] = decide(() => rule.check(subject, stack, context));
                const undecided = findings.filter(isUndecided);
                const violations = findings.filter(isViolation);
                if (rule.unknowns === "wait") waiting ??= undecided[0];
                else violations.push(...undecided.map((each) => undecidedViolation(each, subject.name)));
                if (violations.length === 0 && book.all.length === 0) continue;
                const named = typed(subject);
                book.looked(rule.name, named, violations.length > 0);
                reportAll(rule, named, violations, book, report);
            }
            // Last, since it ends the run of the rule: what could be decided has been reported.
            if (waiting !== undefined) throw waiting.undecided;
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

/**
 * The SDK's handler takes such an object as well as a text, which its type does not say; it is the one way to a level
 * of its own. An exempted violation is told and stops nothing, at whatever level its policy is.
 */
interface Told {
    readonly message: string;
    readonly urn: string;
    readonly enforcementLevel: "advisory";
}

function reportAll(
    rule: Rule,
    subject: Exempted,
    violations: readonly Violation[],
    book: ExemptionBook,
    report: ReportViolation,
): void {
    const exemption = violations.length === 0 ? undefined : book.find(rule.name, subject);
    for (const violation of violations) {
        if (exemption === undefined) {
            const text = violationText(rule.id, subject.name, violation);
            if (rule.scope === "stack") report(text, subject.urn);
            else report(text);
            continue;
        }
        const message = exemptText(rule.id, subject.name, exemption, violation);
        const told: Told = { message, urn: subject.urn, enforcementLevel: "advisory" };
        (report as unknown as (told: Told) => void)(told);
    }
}

const isUndecided = (finding: Finding): finding is Undecided => "undecided" in finding;
const isViolation = (finding: Finding): finding is Violation => !("undecided" in finding);

/** By the token that the program registered, which an exemption may name. */
function typed({ urn, name }: CheckedInStack): Exempted {
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    return { urn, type, name };
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
