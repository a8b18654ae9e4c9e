import type {
    AccessCell,
    Delta,
    ResourceNode,
    Review,
    StackReview,
    ViolationTold,
} from "../../../review/review";

/** Reviews that a page is tried with: one that has something of everything, one with hostile names, and large ones. */

const PLATFORM = "strongroom:stacks:Platform";
const DOCUMENT = "strongroom:secrets:Document";
const rootOf = (stack: string): string =>
    `urn:pulumi:${stack}::strongroom::pulumi:pulumi:Stack::strongroom-${stack}`;
export const urnOf = (stack: string, types: string, name: string): string =>
    `urn:pulumi:${stack}::strongroom::${types}::${name}`;

export const noDelta = <T>(): Delta<T> => ({ appeared: [], gone: [], stayed: [] });

export const cellOf = (stack: string, over: Partial<AccessCell> = {}): AccessCell => ({
    identity: `role devplatform-${stack}-backend`,
    realm: stack === "prod" ? "210987654321" : "123456789012",
    system: "aws",
    identityEnvironment: stack,
    isOperator: false,
    store: "aws-secrets-manager",
    path: `devplatform/${stack}/jwt`,
    documents: ["devplatform/jwt"],
    isSecret: true,
    verb: "read",
    decision: "allowed",
    via: [],
    by: [`devplatform-${stack}-backend ReadsItsDocuments`],
    ...over,
});

/** Whom no stack declares. */
export const strangerOf = (stack: string, over: Partial<AccessCell> = {}): AccessCell => {
    const cell: AccessCell & { identityEnvironment?: string } = cellOf(stack, {
        identity: "principal arn:aws:iam::999999999999:root",
        realm: "999999999999",
        by: ["devplatform/jwt Everybody"],
        ...over,
    });
    delete cell.identityEnvironment;
    return cell;
};

export const violationOf = (stack: string, over: Partial<ViolationTold> = {}): ViolationTold => ({
    policy: "iam-02-values-are-read-by-name",
    id: "IAM-02",
    level: "mandatory",
    severity: "high",
    description: "IAM policies read values of named secrets only.",
    message:
        "IAM-02: Statement 1 of 'policy' reads values of all secrets. Name the secrets' exact ARNs in 'Resource'.",
    urn: urnOf(stack, `${PLATFORM}$aws:iam/rolePolicy:RolePolicy`, "devplatform/reports"),
    resource: "devplatform/reports",
    type: "aws:iam/rolePolicy:RolePolicy",
    undecided: false,
    source: { file: "stacks/catalogue/devplatform.ts", line: 118 },
    ...over,
});

export const stackOf = (stack: string, over: Partial<StackReview> = {}): StackReview => ({
    stack,
    environment: stack,
    compared: "both",
    verdict: "clean",
    resources: [],
    unchanged: 0,
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
    cost: {},
    whole: { resources: [], access: [], questions: { asked: 0, allowed: 0, denied: 0 }, calendar: [] },
    ...over,
});

export const reviewOf = (over: Partial<Review> = {}): Review => ({
    base: { name: "origin/main", commit: "3f786850e387550fdab836ed7e6dc881de23001b" },
    head: { name: "HEAD", commit: "89e6c98d92887913cadf06b2adb97f26cde4849b" },
    stacks: [stackOf("dev"), stackOf("prod")],
    isolation: noDelta(),
    notes: [],
    verdict: "clean",
    today: "2026-11-29",
    ...over,
});

/** Documents by platform, each with resources, grants and a calendar, in two stacks. */
export function estateOf(documents: number): Review {
    return reviewOf({ stacks: ["dev", "prod"].map((stack) => estateStack(stack, documents / 2)) });
}

const PER_PLATFORM = 25;
const NAMES = ["db", "jwt", "api-keys", "webhooks", "s3", "session", "billing", "smtp", "search", "cache"];
const CHILDREN = [
    ["aws:secretsmanager/secret:Secret", ""],
    ["aws:secretsmanager/secretVersion:SecretVersion", ""],
    ["aws:secretsmanager/secretPolicy:SecretPolicy", ""],
    ["random:index/randomPassword:RandomPassword", ".password-g3"],
    ["random:index/randomPassword:RandomPassword", ".secret_key-g2"],
    ["aws:iam/rolePolicy:RolePolicy", ".reader"],
    ["kubernetes:external-secrets.io/v1:ExternalSecret", ""],
    ["kubernetes:external-secrets.io/v1:SecretStore", ""],
    ["kubernetes:rbac.authorization.k8s.io/v1:Role", ""],
] as const;

function estateStack(stack: string, documents: number): StackReview {
    const resources: ResourceNode[] = [
        { urn: rootOf(stack), type: "pulumi:pulumi:Stack", name: `strongroom-${stack}` },
    ];
    const access: AccessCell[] = [];
    const calendar: StackReview["whole"]["calendar"][number][] = [];
    for (let at = 0; at < documents; at++) {
        const platform = `team-${String(Math.floor(at / PER_PLATFORM)).padStart(3, "0")}`;
        const name = `${platform}/${NAMES[at % NAMES.length] ?? ""}-${String(at)}`;
        if (at % PER_PLATFORM === 0)
            resources.push({
                urn: urnOf(stack, PLATFORM, platform),
                type: PLATFORM,
                name: platform,
                parent: rootOf(stack),
            });
        const document = urnOf(stack, `${PLATFORM}$${DOCUMENT}`, name);
        resources.push({ urn: document, type: DOCUMENT, name, parent: urnOf(stack, PLATFORM, platform) });
        for (const [type, suffix] of CHILDREN)
            resources.push({
                urn: urnOf(stack, `${PLATFORM}$${DOCUMENT}$${type}`, `${name}${suffix}`),
                type,
                name: `${name}${suffix}`,
                parent: document,
                ...(at === 7 ? { change: "changed" as const } : {}),
            });
        access.push(...estateCells(stack, platform, name, at));
        const month = String((at % 12) + 1).padStart(2, "0");
        for (const field of ["password", "secret_key"])
            calendar.push({
                field: `${name}.${field}`,
                class: field === "password" ? "database-password" : "signing-key",
                strategy: field === "password" ? "swap" : "overlap",
                current: { generation: (at % 5) + 1, since: `2026-${month}-15`, reason: "schedule" },
                due: at % 12 < 8 ? `2027-${month}-15` : `2026-${month}-28`,
                upcoming: {
                    step: `generation ${String((at % 5) + 2)} is announced`,
                    earliest: `2027-${month}-08`,
                },
                isChanged: at === 7,
            });
    }
    const allowed = access.length;
    return stackOf(stack, {
        unchanged: resources.length,
        whole: {
            resources,
            access,
            questions: { asked: allowed * 40, allowed, denied: allowed * 39 },
            calendar,
        },
    });
}

const ALL_VERBS = ["read", "list", "write", "rotate", "delete", "grant"] as const;

/** Some 50 for a document: who consumes it, who delivers it, who deploys, and who operates, each in its own way. */
function estateCells(stack: string, platform: string, document: string, at: number): AccessCell[] {
    const path = document.replace("/", `/${stack}/`);
    const secret = { path, documents: [document] };
    const consumer = `${platform}-${stack}-app${String(at % 4)}`;
    const namespace = `${platform}-${stack}/app${String(at % 4)}`;
    const cluster = { system: "kubernetes" as const, realm: `eks-${stack}` };
    const who: (readonly [Partial<AccessCell>, readonly AccessCell["verb"][]])[] = [
        [{ identity: `role ${consumer}`, by: [`${consumer} ReadsItsDocuments`] }, ["read", "list"]],
        [
            {
                ...cluster,
                identity: `service account ${namespace}`,
                via: [`role ${consumer}`],
                by: [`${consumer} ReadsItsDocuments`],
            },
            ["read", "list"],
        ],
        [
            {
                ...cluster,
                identity: "service account external-secrets/external-secrets",
                via: [`service account ${namespace}`, `role ${consumer}`],
                by: [`${consumer} ReadsItsDocuments`],
            },
            ["read", "list"],
        ],
        [
            { identity: `role strongroom-${stack}-ci-deploy`, by: [`strongroom-${stack}-ci-deploy Writes`] },
            ALL_VERBS.slice(1),
        ],
        [
            {
                identity: `role strongroom-${stack}-ci-preview`,
                by: [`strongroom-${stack}-ci-preview-look Lists`],
            },
            ["list"],
        ],
        ...["on-call", "administrator", "break-glass", "auditor", "platform-lead", "security"].map(
            (name): readonly [Partial<AccessCell>, readonly AccessCell["verb"][]] => [
                { identity: `role ${stack}-${name}`, isOperator: true, by: [`${stack}-${name} Operates`] },
                ALL_VERBS,
            ],
        ),
        [
            { identity: `role ${platform}-${stack}-rotator`, by: [`${platform}-${stack}-rotator Rotates`] },
            ["rotate", "write"],
        ],
    ];
    return who.flatMap(([over, verbs]) => verbs.map((verb) => cellOf(stack, { ...secret, ...over, verb })));
}
