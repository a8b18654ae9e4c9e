import type { AccessCell, CalendarField, ResourceChange, ResourceNode } from "../../../review/review";
import { cellOf, strangerOf, urnOf } from "./support";

/** What the review that has something of everything is made of. */

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

export const changesOf = (stack: string): readonly ResourceChange[] => [
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

export function nodesOf(stack: string): readonly ResourceNode[] {
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

export function cellsOf(stack: string): readonly AccessCell[] {
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

export const CALENDAR: readonly CalendarField[] = [
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
