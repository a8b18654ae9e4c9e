import type {
    AccessCell,
    Delta,
    ResourceChange,
    Review,
    StackReview,
    ViolationTold,
    WholeStack,
} from "../../review/review";
import type { Cost } from "../../review/cost/cost";

/** Parts that hand-built reviews are made of: each is complete, and says what it is asked to say otherwise. */

export const noDelta = <T>(): Delta<T> => ({ appeared: [], gone: [], stayed: [] });

/** What one of the stacks of this project costs, before and after where nothing moves. */
export const sampleCost = (over: Partial<Cost> = {}): Cost => ({
    lines: [
        {
            what: "Secrets Manager: 9 secrets and 9 replicas",
            service: "AWS Secrets Manager",
            dollarsPerMonth: 7.2,
        },
        { what: "KMS: 3 keys and 2 replicas", service: "AWS KMS", dollarsPerMonth: 5 },
        {
            what: "Secrets Manager: GetSecretValue",
            service: "AWS Secrets Manager",
            callsPerMonth: 10_220,
            dollarsPerMonth: 0.05,
        },
        {
            what: "Parameter Store: GetParameter",
            service: "AWS Parameter Store",
            callsPerMonth: 8_030,
            dollarsPerMonth: 0,
        },
    ],
    callsPerMonth: 18_250,
    dollarsPerMonth: 12.25,
    prices: { on: "2026-11-29", sources: ["https://aws.amazon.com/secrets-manager/pricing/"] },
    ...over,
});

export const sampleWhole = (environment: string, over: Partial<WholeStack> = {}): WholeStack => ({
    resources: [
        {
            urn: `urn:pulumi:${environment}::strongroom::pulumi:pulumi:Stack::strongroom-${environment}`,
            type: "pulumi:pulumi:Stack",
            name: `strongroom-${environment}`,
        },
        {
            urn: `urn:pulumi:${environment}::strongroom::strongroom:stacks:Platform::devplatform`,
            type: "strongroom:stacks:Platform",
            name: "devplatform",
            parent: `urn:pulumi:${environment}::strongroom::pulumi:pulumi:Stack::strongroom-${environment}`,
        },
        {
            urn: `urn:pulumi:${environment}::strongroom::strongroom:stacks:Platform$strongroom:secrets:Document::devplatform/jwt`,
            type: "strongroom:secrets:Document",
            name: "devplatform/jwt",
            parent: `urn:pulumi:${environment}::strongroom::strongroom:stacks:Platform::devplatform`,
        },
    ],
    access: [sampleCell(environment)],
    questions: { asked: 2_720, allowed: 92, denied: 2_628 },
    calendar: [
        {
            field: "devplatform/jwt.secret_key",
            class: "signing-key",
            strategy: "overlap",
            current: { generation: 2, since: "2026-11-19", reason: "schedule" },
            previous: { generation: 1, until: "2026-11-29" },
            due: "2027-02-17",
            upcoming: { step: "generation 1 goes", earliest: "2026-11-29" },
            isChanged: false,
        },
        {
            field: "devplatform/db.password",
            class: "database-password",
            strategy: "swap",
            current: { generation: 1, since: "2026-09-15", reason: "initial" },
            due: "2026-12-14",
            isChanged: false,
        },
    ],
    ...over,
});

/** Somebody who may read the signing keys of devplatform. */
export const sampleCell = (environment: string, over: Partial<AccessCell> = {}): AccessCell => ({
    identity: `role devplatform-${environment}-backend`,
    realm: "210987654321",
    system: "aws",
    identityEnvironment: environment,
    isOperator: false,
    store: "aws-secrets-manager",
    path: `devplatform/${environment}/jwt`,
    documents: ["devplatform/jwt"],
    isSecret: true,
    verb: "read",
    decision: "allowed",
    via: [],
    by: [`devplatform-${environment}-backend ReadsItsDocuments`],
    ...over,
});

/** Somebody whom no stack declares, and a statement lets in all the same. */
export function sampleStranger(environment: string): AccessCell {
    const cell: Partial<AccessCell> = sampleCell(environment, {
        identity: "principal arn:aws:iam::999999999999:root",
        realm: "999999999999",
        by: ["devplatform/jwt Everybody"],
        change: "gained",
    });
    const of = Object.entries(cell).filter(([property]) => property !== "identityEnvironment");
    return Object.fromEntries(of) as unknown as AccessCell;
}

export const sampleViolation = (over: Partial<ViolationTold> = {}): ViolationTold => ({
    policy: "iam-02-values-are-read-by-name",
    id: "IAM-02",
    level: "mandatory",
    severity: "high",
    description: "IAM policies read values of named secrets only.",
    message:
        "IAM-02: Statement 1 of 'policy' reads values of all secrets. Name the secrets' exact ARNs in 'Resource'.",
    urn: "urn:pulumi:prod::strongroom::strongroom:stacks:Platform$aws:iam/rolePolicy:RolePolicy::devplatform/reports",
    resource: "devplatform/reports",
    type: "aws:iam/rolePolicy:RolePolicy",
    undecided: false,
    source: { file: "stacks/catalogue/devplatform.ts", line: 118 },
    ...over,
});

/** A stack in which nothing changes. */
export const sampleStack = (stack: string, over: Partial<StackReview> = {}): StackReview => ({
    stack,
    environment: stack,
    compared: "both",
    verdict: "clean",
    resources: [],
    unchanged: 121,
    documents: [],
    fields: [],
    rotations: [],
    refused: [],
    access: [],
    accessFindings: noDelta(),
    workloads: [],
    violations: noDelta(),
    exemptions: noDelta(),
    errors: [],
    toSet: [],
    cost: { before: sampleCost(), after: sampleCost() },
    whole: sampleWhole(stack),
    ...over,
});

/** A review in which nothing changes. */
export const sampleReview = (over: Partial<Review> = {}): Review => ({
    base: { name: "origin/main", commit: "3f786850e387550fdab836ed7e6dc881de23001b" },
    head: { name: "HEAD", commit: "89e6c98d92887913cadf06b2adb97f26cde4849b" },
    stacks: [sampleStack("dev"), sampleStack("prod")],
    isolation: noDelta(),
    notes: [],
    verdict: "clean",
    ...over,
});

/** The same in each of the stacks. */
export const inBoth = (of: (environment: string) => Partial<StackReview>): Review["stacks"] =>
    ["dev", "prod"].map((stack) => sampleStack(stack, of(stack)));

/** A resource that changes, of the kind that a platform has. */
export const sampleChange = (
    stack: string,
    kind: ResourceChange["kind"],
    type: string,
    name: string,
    over: Partial<ResourceChange> = {},
): ResourceChange => ({
    kind,
    urn: sampleUrn(stack, type, name),
    type,
    name,
    parent: sampleUrn(stack, "strongroom:secrets:Document", "devplatform/jwt"),
    properties: [],
    isProtected: false,
    ...over,
});

export const sampleUrn = (stack: string, type: string, name: string): string =>
    `urn:pulumi:${stack}::strongroom::strongroom:stacks:Platform$${type}::${name}`;
