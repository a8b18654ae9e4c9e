import type { Facts } from "../facts";
import { withChanges } from "./change";

/** The environment that the cases are about; `prod-eu` begins like it, on purpose. */
export const FACTS: Facts = {
    environment: "prod",
    environments: ["dev", "prod", "prod-eu"],
    platforms: ["devplatform", "yosai", "strongroom", "control-plane"],
    aws: { accountId: "222222222222", regions: ["us-east-1", "us-west-2"] },
    gcp: { project: "acme-prod", projectNumber: "333333333333" },
    clusters: [
        { context: "eks-prod", oidcIssuer: "oidc.eks.us-east-1.amazonaws.com/id/PROD" },
        { context: "gke-prod" },
    ],
    expectedReaders: ["arn:aws:iam::222222222222:role/deployer"],
    vault: { address: "https://vault.prod.acme.internal:8200", mount: "secret" },
};

/** What the engine sends for an input that only a deployment tells. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Texts that the violations must hold, one a violation; or what comes of the case without any. */
export type Expectation = readonly string[] | "clean" | "not applicable" | "can't run";

export interface Sketch {
    readonly type: string;
    readonly props: Readonly<Record<string, unknown>>;
    /** @default `subject`, numbered in a stack */
    readonly name?: string;
    /** For rules about a stack: what properties were computed from: a type token, or one of those beside it by name. */
    readonly computedFrom?: Readonly<
        Record<string, string | { readonly type: string; readonly name: string }>
    >;
    readonly parentType?: string;
    readonly protect?: boolean;
    readonly ignoreChanges?: readonly string[];
    /** The provider that makes it. */
    readonly provider?: {
        readonly type: string;
        readonly name: string;
        readonly props: Readonly<Record<string, unknown>>;
    };
}

/** A whole resource, or the clean one with a property or two changed. */
export type Case = {
    readonly title: string;
    readonly expect: Expectation;
    /** Settings of the rule, as from `--policy-pack-config`. */
    readonly settings?: Readonly<Record<string, unknown>>;
    /** For rules about a stack: what else is in it. */
    readonly beside?: readonly Sketch[];
} & (
    | Sketch
    | {
          readonly change: Readonly<Record<string, unknown>>;
          /** What differs of the resource besides its properties. */
          readonly with?: Partial<Omit<Sketch, "type" | "props">>;
      }
);

/** A resource as the real stacks declare it: inputs, of the whole stack completed with outputs that are known. */
export interface Rendered {
    readonly type: string;
    readonly name: string;
    readonly props: Readonly<Record<string, unknown>>;
    readonly protect: boolean;
    readonly ignoreChanges: readonly string[];
    readonly provider?: Sketch["provider"];
}

/** One change to a resource of the clean stacks `dev` and `prod` that breaks the rule; the pack must tell it. */
export interface Mutation {
    readonly title: string;
    /** Type token as the program registers it; the change is tried on each resource of it, in both stacks. */
    readonly type: string;
    /** @default every resource of the type */
    readonly where?: (resource: Rendered) => boolean;
    /** The changed properties, by path as `withChanges` reads it. */
    readonly change?: Readonly<Record<string, unknown>>;
    /** For what a fixed value can't say, such as another type; undefined takes the resource away. */
    readonly mutate?: (resource: Rendered) => Rendered | undefined;
    /** Ids of other rules that the same change must break as well. None by default: any other violation is an error. */
    readonly alsoBreaks?: readonly string[];
    /** Where violations are expected, as type tokens, if not on the resource that is changed alone. */
    readonly on?: string | readonly string[];
}

export interface Table {
    readonly policy: string;
    /** A resource with nothing to find. The cases with `change` start from it. */
    readonly clean: Sketch & { readonly beside?: readonly Sketch[] };
    readonly cases: readonly Case[];
    /** Absent where neither stack has a resource that the rule is about; `none` then says why. */
    readonly mutations?: readonly Mutation[] | { readonly none: string };
    /** Ids of rules that one or another of the mutations breaks too, on some of the resources. None by default. */
    readonly mayBreak?: readonly string[];
}

export function sketchOf(table: Table, one: Case): Sketch {
    if ("props" in one) return one;
    return { ...table.clean, ...one.with, props: withChanges(table.clean.props, one.change) };
}
