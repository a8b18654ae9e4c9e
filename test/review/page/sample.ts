import type { AccessCell, CalendarField, ResourceChange, ResourceNode, Review } from "../../../review/review";
import { cellOf, noDelta, reviewOf, stackOf, strangerOf, urnOf, violationOf } from "./support";

/** A review that has something of everything: what a page can show is to be seen on it. */

const PLATFORM = "strongroom:stacks:Platform";
const DOCUMENT = "strongroom:secrets:Document";
const DOCUMENTS = ["api-keys", "billing", "db", "jwt", "s3"];

export const changeOf = (
    stack: string,
    kind: ResourceChange["kind"],
    type: string,
    name: string,
    over: Partial<ResourceChange> = {},
): ResourceChange => ({
    kind,
    urn: urnOf(stack, `${PLATFORM}$${DOCUMENT}$${type}`, name),
    type,
    name,
    parent: urnOf(stack, `${PLATFORM}$${DOCUMENT}`, name.split(".")[0] ?? name),
    properties: [],
    isProtected: false,
    belongsTo: `document ${name.split(".")[0] ?? name}`,
    ...over,
});

const changesOf = (stack: string): readonly ResourceChange[] => [
    changeOf(stack, "added", "random:index/randomPassword:RandomPassword", "devplatform/jwt.secret_key-g3"),
    changeOf(stack, "changed", "aws:secretsmanager/secretVersion:SecretVersion", "devplatform/jwt", {
        properties: [
            { path: "secretString", kind: "changed", isSecret: true },
            {
                path: 'tags["strongroom:rotated"]',
                kind: "changed",
                isSecret: false,
                before: "2026-08-30",
                after: "2026-11-29",
            },
        ],
    }),
    changeOf(stack, "changed", "kubernetes:external-secrets.io/v1:ExternalSecret", "devplatform/backend", {
        belongsTo: "consumer devplatform/backend",
        properties: [
            {
                path: 'metadata.annotations["strongroom.io/generations"]',
                kind: "changed",
                isSecret: false,
                before: "devplatform/jwt: secret_key=2",
                after: "devplatform/jwt: secret_key=2 secret_key_next=3",
            },
            {
                path: "spec.data[5]",
                kind: "added",
                isSecret: false,
                after: {
                    secretKey: "JWT_SECRET_KEY_NEXT",
                    remoteRef: { key: `devplatform/${stack}/jwt`, property: "secret_key_next" },
                },
            },
            { path: "spec.refreshPolicy", kind: "removed", isSecret: false, before: "Periodic" },
        ],
    }),
    changeOf(stack, "replaced", "aws:kms/key:Key", `strongroom-${stack}-secrets`, {
        isProtected: true,
        replacedBecauseOf: ["customerMasterKeySpec"],
        properties: [
            {
                path: "customerMasterKeySpec",
                kind: "changed",
                isSecret: false,
                before: "SYMMETRIC_DEFAULT",
                after: "RSA_2048",
            },
        ],
    }),
    changeOf(stack, "removed", "aws:iam/role:Role", "devplatform/celery"),
    changeOf(stack, "renamed", "aws:ssm/parameter:Parameter", "devplatform/config.region", {
        formerUrn: urnOf(stack, "aws:ssm/parameter:Parameter", "devplatform/region"),
    }),
];

function nodesOf(stack: string): readonly ResourceNode[] {
    const root = urnOf(stack, "pulumi:pulumi:Stack", `strongroom-${stack}`);
    const platform = urnOf(stack, PLATFORM, "devplatform");
    const kinds = ["aws:secretsmanager/secret:Secret", "aws:secretsmanager/secretVersion:SecretVersion"];
    return [
        { urn: root, type: "pulumi:pulumi:Stack", name: `strongroom-${stack}` },
        { urn: platform, type: PLATFORM, name: "devplatform", parent: root },
        ...DOCUMENTS.flatMap((document): ResourceNode[] => {
            const name = `devplatform/${document}`;
            const urn = urnOf(stack, `${PLATFORM}$${DOCUMENT}`, name);
            return [
                {
                    urn,
                    type: DOCUMENT,
                    name,
                    parent: platform,
                    ...(document === "billing" ? { change: "added" } : {}),
                },
                ...kinds.map((type, at): ResourceNode => {
                    const own = {
                        urn: `${urn.split("::").slice(0, 2).join("::")}::${PLATFORM}$${DOCUMENT}$${type}::${name}`,
                    };
                    const changed = document === "jwt" && at === 1;
                    return { ...own, type, name, parent: urn, ...(changed ? { change: "changed" } : {}) };
                }),
            ];
        }),
    ];
}

function cellsOf(stack: string): readonly AccessCell[] {
    return DOCUMENTS.flatMap((document) => {
        const secret = { path: `devplatform/${stack}/${document}`, documents: [`devplatform/${document}`] };
        const change = document === "billing" ? { change: "gained" as const } : {};
        return [
            ...(["read", "list"] as const).map((verb) => cellOf(stack, { ...secret, ...change, verb })),
            cellOf(stack, {
                ...secret,
                ...change,
                system: "kubernetes",
                realm: `eks-${stack}`,
                identity: `service account devplatform-${stack}/backend`,
                via: [`role devplatform-${stack}-backend`],
            }),
            ...(["list", "write", "delete", "grant"] as const).map((verb) =>
                cellOf(stack, {
                    ...secret,
                    identity: `role strongroom-${stack}-ci-deploy`,
                    verb,
                    by: [`strongroom-${stack}-ci-deploy-look ManagesSecrets`],
                    ...(verb === "grant" ? { reason: "who may write a policy may let himself read" } : {}),
                }),
            ),
            ...(["read", "write"] as const).map((verb) =>
                cellOf(stack, {
                    ...secret,
                    identity: "role on-call",
                    isOperator: true,
                    verb,
                    by: ["on-call Operates"],
                }),
            ),
        ];
    }).concat(
        stack === "prod"
            ? [
                  strangerOf(stack, { change: "gained" }),
                  cellOf(stack, {
                      identity: "role devplatform-dev-backend",
                      identityEnvironment: "dev",
                      change: "gained",
                  }),
                  cellOf(stack, {
                      identity: "role devplatform-prod-reports",
                      decision: "undecided",
                      reason: "the condition asks for a tag that only a session has",
                      change: "changed",
                  }),
              ]
            : [],
        cellOf(stack, {
            store: "aws-parameter-store",
            path: `/devplatform/${stack}/region`,
            documents: [],
            isSecret: false,
        }),
    );
}

const CALENDAR: readonly CalendarField[] = [
    {
        field: "devplatform/jwt.secret_key",
        class: "signing-key",
        strategy: "overlap",
        current: { generation: 2, since: "2026-09-02", reason: "schedule" },
        next: { generation: 3, since: "2026-11-29", reason: "schedule" },
        due: "2026-12-06",
        upcoming: { step: "generation 3 becomes current", earliest: "2026-12-01" },
        isChanged: true,
    },
    {
        field: "devplatform/db.password",
        class: "database-password",
        strategy: "swap",
        current: { generation: 5, since: "2026-08-17", reason: "request, OPS-118" },
        due: "2026-11-15",
        upcoming: { step: "generation 6 is current", earliest: "2026-11-29" },
        isChanged: false,
    },
    {
        field: "devplatform/s3.access_key",
        class: "access-key",
        strategy: "two-key",
        current: { generation: 3, since: "2026-11-20", reason: "compromise, INC-7" },
        previous: { generation: 2, until: "2026-12-18" },
        due: "2027-02-18",
        upcoming: { step: "generation 2 goes", earliest: "2026-12-18" },
        isChanged: true,
    },
    {
        field: "devplatform/api-keys.anthropic_api_key",
        class: "vendor-key",
        strategy: "external",
        current: { generation: 1, since: "2025-12-01", reason: "initial" },
        due: "2027-06-01",
        isChanged: false,
    },
    {
        field: "devplatform/billing.stripe_api_key",
        class: "vendor-key",
        strategy: "external",
        isChanged: true,
    },
];

const cost = (calls: number, dollars: number) => ({
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
            callsPerMonth: calls,
            dollarsPerMonth: 0.05,
        },
    ],
    callsPerMonth: calls,
    dollarsPerMonth: dollars,
    prices: { on: "2026-11-01", sources: ["https://aws.amazon.com/secrets-manager/pricing/"] },
});

const setCommand = (stack: string, field: string): string =>
    `pulumi config set --stack ${stack} --secret --path 'strongroom:values["${field}"]'`;

const common = (stack: string): Parameters<typeof stackOf>[1] => ({
    resources: changesOf(stack),
    unchanged: 308,
    documents: [
        {
            kind: "added",
            document: "devplatform/billing",
            owner: "billing",
            store: "aws-secrets-manager",
            path: `devplatform/${stack}/billing`,
            fields: ["stripe_api_key", "webhook_secret"],
        },
        {
            kind: "moved",
            document: "devplatform/session",
            owner: "platform",
            store: "vault",
            path: `strongroom-${stack}/devplatform/session`,
            former: { store: "aws-secrets-manager", path: `devplatform/${stack}/session` },
            fields: ["cookie_key"],
        },
    ],
    fields: [
        {
            kind: "added",
            field: "devplatform/billing.stripe_api_key",
            fieldKind: "external",
            rotation: "vendor-key",
            what: [],
        },
        {
            kind: "changed",
            field: "devplatform/db.password",
            fieldKind: "generated",
            rotation: "database-password",
            what: ["length: 40 characters, was 32"],
        },
    ],
    rotations: [
        {
            field: "devplatform/jwt.secret_key",
            what: "generation 3 is announced",
            why: "schedule",
            oldValue: "generation 2 stays in use",
            isCompromise: false,
        },
        {
            field: "devplatform/s3.access_key",
            what: "generation 3 is current, generation 2 is revoked",
            why: "compromise, INC-7",
            oldValue: "generation 2 is refused at once",
            isCompromise: true,
        },
    ],
    workloads: [
        {
            consumer: "devplatform/backend",
            kind: "changed",
            restarts: true,
            generations: ["devplatform/jwt.secret_key"],
            appeared: ["JWT_SECRET_KEY_NEXT", "STRIPE_API_KEY"],
            gone: [],
            isCut: false,
        },
        {
            consumer: "devplatform/celery",
            kind: "changed",
            restarts: true,
            generations: ["devplatform/s3.access_key"],
            appeared: [],
            gone: ["S3_ACCESS_KEY_PREVIOUS"],
            isCut: true,
        },
    ],
    toSet: [
        {
            field: "devplatform/billing.stripe_api_key",
            command: setCommand(stack, "devplatform/billing.stripe_api_key"),
            isNew: true,
        },
        ...["mapbox_access_token", "anthropic_api_key"].map((name) => ({
            field: `devplatform/api-keys.${name}`,
            command: setCommand(stack, `devplatform/api-keys.${name}`),
            isNew: false,
        })),
    ],
    cost: { before: cost(18_250, 12.25), after: cost(18_980, 13.05) },
    whole: {
        resources: nodesOf(stack),
        access: cellsOf(stack),
        questions: { asked: 25_432, allowed: cellsOf(stack).length, denied: 25_432 - cellsOf(stack).length },
        calendar: CALENDAR,
    },
});

export const everything: Review = reviewOf({
    verdict: "violated",
    head: {
        name: "working tree",
        commit: "89e6c98d92887913cadf06b2adb97f26cde4849b",
        changed: { files: ["ledger/prod.yaml", "stacks/catalogue/devplatform.ts"], count: 2 },
    },
    notes: ["The base was rendered with the modules of the head, since both lock files agree."],
    stacks: [
        stackOf("dev", {
            ...common("dev"),
            violations: { ...noDelta(), appeared: [violationOf("dev", { level: "advisory" })] },
        }),
        stackOf("prod", {
            ...common("prod"),
            verdict: "violated",
            refused: [
                {
                    place: "ledger/prod.yaml: devplatform/jwt.secret_key",
                    message: "generation 4 would be current although generation 3 was never announced",
                    fix: "Announce generation 3 first: `npm run rotate -- due`",
                },
            ],
            violations: {
                appeared: [violationOf("prod")],
                stayed: [
                    violationOf("prod", {
                        policy: "eso-05-secrets-are-owned-and-found",
                        id: "ESO-05",
                        description: "What the operator writes belongs to it, and is found again.",
                        message: "ESO-05: the Secret is not owned. Set 'creationPolicy' to Owner.",
                        resource: "devplatform/backend",
                        type: "kubernetes:external-secrets.io/v1:ExternalSecret",
                    }),
                ],
                gone: [
                    violationOf("prod", {
                        policy: "kms-01-keys-rotate",
                        id: "KMS-01",
                        description: "Keys rotate by themselves.",
                        message: "KMS-01: 'enableKeyRotation' is false. Set it to true.",
                        resource: "strongroom-prod-secrets",
                        type: "aws:kms/key:Key",
                    }),
                ],
            },
            exemptions: {
                ...noDelta(),
                appeared: [
                    {
                        ...violationOf("prod", {
                            policy: "iso-03-no-shared-principal",
                            id: "ISO-03",
                            description: "Environments share no principal.",
                            message: "ISO-03: the role devplatform-ci is used by dev and prod.",
                        }),
                        exemption: {
                            owner: "platform-engineering",
                            reason: "moves in January",
                            until: "2027-01-31",
                        },
                    },
                ],
            },
            access: [
                ...cellsOf("prod")
                    .filter(({ change }) => change !== undefined)
                    .map((cell) => ({ kind: cell.change ?? "changed", cell })),
                { kind: "lost", cell: cellOf("prod", { identity: "role devplatform-prod-celery" }) },
                {
                    kind: "lost",
                    cell: cellOf("prod", { identity: "role devplatform-prod-celery", verb: "list" }),
                },
            ],
            accessFindings: {
                ...noDelta(),
                appeared: [
                    {
                        kind: "foreign",
                        who: "devplatform-dev-backend",
                        what: "devplatform/jwt",
                        message: "role devplatform-dev-backend of dev may read devplatform/jwt of prod",
                        place: "SecretPolicy devplatform/jwt, statement 1",
                        fix: "Name roles of prod alone",
                    },
                ],
            },
        }),
    ],
});
