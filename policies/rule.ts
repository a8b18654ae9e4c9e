import type { PolicyConfigSchema, Severity } from "@pulumi/policy";
import type { Facts } from "./facts";
import { UndecidedError, type Property } from "./reading/property";

/**
 * One rule of the pack. `check` is a pure function of declared properties, the facts of the stack and the rule's own
 * settings, and tells three things apart: no finding is compliant, findings are violations or what can't be decided
 * yet, and NOT_APPLICABLE says that the rule has nothing to say about the resource.
 */
export interface RuleMetadata {
    /** `ISO-02`; begins every violation text. */
    readonly id: string;
    /** `iso-02-names-carry-the-environment`: the id, then the promise. Also the name of its file. */
    readonly name: string;
    readonly description: string;
    readonly severity: Severity;
    readonly remediationSteps: string;
    /** Where the rule comes from. */
    readonly url: string;
    /** Tools of others that ship an equivalent check, as of November 2026; empty where none does. */
    readonly peers: readonly Peer[];
    /** @default the pack's level, which is mandatory. */
    readonly level?: "advisory";
    /** Each with a default, so that a rule runs without any configuration. */
    readonly settings?: PolicyConfigSchema["properties"];
    /**
     * False where no exemption may be given: what the rule refuses hands a value to those who must not have it, or
     * opens an environment to another one, and no end date takes that back.
     *
     * @default exemptions may be given, each with an owner, a reason and an end.
     */
    readonly exemptible?: false;
}

/** Policy collections that the pack was compared with. */
export type Peer =
    | "Checkov"
    | "Trivy"
    | "KICS"
    | "kube-linter"
    | "Kyverno"
    | "Polaris"
    | "Gatekeeper"
    | "awsguard"
    | "compliance-ready";

/** The provider that a resource is made by. */
export interface Provider {
    /** `pulumi:providers:aws` */
    readonly type: string;
    readonly name: string;
    readonly props: Property;
}

export interface Checked {
    /** Type token; of Kubernetes without version, `Patch` and `List` (see `canonicalType`). */
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly props: Property;
    /** True where the engine refuses to delete the resource. */
    readonly protect: boolean;
    readonly ignoreChanges: readonly string[];
    /** Absent for components and for providers themselves. */
    readonly provider: Provider | undefined;
}

/** In a stack, with what the value of a property was computed from. */
export interface CheckedInStack extends Checked {
    readonly parentType: string | undefined;
    /** Types of the resources that a property was computed from. Known even where its value is not. */
    readonly dependencyTypes: (property: string) => readonly string[];
    /** URNs of the resources that a property was computed from; with them a rule decides where the value is unknown. */
    readonly dependencies: (property: string) => readonly string[];
}

export interface Context {
    readonly facts: Facts;
    readonly settings: Settings;
}

export type Settings = Readonly<Record<string, unknown>>;

export interface ResourceRule extends RuleMetadata {
    readonly scope: "resource";
    readonly types: ReadonlySet<string>;
    check(resource: Checked, context: Context): readonly Finding[] | typeof NOT_APPLICABLE;
}

export interface StackRule extends RuleMetadata {
    readonly scope: "stack";
    /** One of these must be in the stack, or the rule does not apply. */
    readonly types: ReadonlySet<string>;
    /**
     * "wait" where the deployment may decide what the preview can't: the rule then fails, if at all, after everything
     * was made.
     *
     * @default a value that the rule reads and that is not known is a violation.
     */
    readonly unknowns?: "wait";
    check(resource: CheckedInStack, stack: readonly CheckedInStack[], context: Context): readonly Finding[];
}

export type Rule = ResourceRule | StackRule;

export const NOT_APPLICABLE = Symbol("not applicable");

export type Finding = Violation | Undecided;

/** Neither text may hold a property's value: policies get secrets in clear. */
export interface Violation {
    readonly path: string;
    /** What is wrong there, as the end of a sentence without a period. */
    readonly problem: string;
    /** What to do, as a sentence without a period. */
    readonly fix: string;
}

export interface Undecided {
    /** What the SDK threw; thrown again, it makes the SDK say that the rule can't run during the preview. */
    readonly undecided: unknown;
    /** The property that is not known. */
    readonly path: string;
    /** The resource that it is of, by name. */
    readonly resource: string;
}

export function violation(property: Property, problem: string, fix: string): Violation {
    return { path: property.path, problem, fix };
}

/** What `check` finds for each item. An unknown stops one item only, and the others are still decided. */
export function each<T>(items: Iterable<T>, check: (item: T) => readonly Finding[]): Finding[] {
    return [...items].flatMap((item) => decide(() => check(item)));
}

export function decide<T extends readonly Finding[] | symbol>(check: () => T): T | [Undecided] {
    try {
        return check();
    } catch (error) {
        if (error instanceof UndecidedError) {
            const { cause: undecided, path, resource } = error;
            return [{ undecided, path, resource }];
        }
        throw error;
    }
}

/** For texts in settings that are lists; their schemas say so, and the engine has checked them. */
export function listSetting(settings: Settings, key: string): readonly string[] {
    const value = settings[key];
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

export function numberSetting(settings: Settings, key: string): number {
    return Number(settings[key]);
}
