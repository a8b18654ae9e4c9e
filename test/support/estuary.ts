import { Secret, Unknown } from "../../preview/engine/values";
import type { Rendering } from "../../preview/rendering";
import { rendering, urnOf } from "./rendering";
import type { RenderingSketch, ResourceSketch } from "./rendering";

/** A value that must not turn up in anything printed or written: quotes, a line end and an umlaut in it. */
export const CANARY = 'CanarY-7f3a"9b\\2c\nd1-ünbroken/e+8';

const PLATFORM = urnOf("strongroom:stacks:Platform", "estuary");
const DOCUMENT = urnOf("strongroom:secrets:Document", "estuary/convex");

/** A small platform with every kind of field; the canary is in each place where values are. */
export function estuary(sketch: RenderingSketch = {}): Rendering {
    return rendering({ ...sketch, resources: [...ESTUARY, ...(sketch.resources ?? [])] });
}

const ESTUARY: readonly ResourceSketch[] = [
    {
        type: "strongroom:stacks:Platform",
        name: "estuary",
        inputs: { platform: "estuary", environment: "prod", owner: "team-estuary" },
    },
    {
        type: "strongroom:secrets:Document",
        name: "estuary/convex",
        parent: PLATFORM,
        inputs: {
            platform: "estuary",
            document: "convex",
            environment: "prod",
            owner: "team-estuary",
            store: "aws-secrets-manager",
            path: "estuary/prod/convex",
            fields: {
                admin_key: {
                    kind: "external",
                    rotation: "on revocation",
                    required: true,
                    needsValue: true,
                    issuer: "the Convex dashboard",
                },
                jwt_secret: {
                    kind: "generated",
                    rotation: "90 days",
                    required: true,
                    generations: {
                        next: { generation: 5, since: "2026-11-20", reason: "schedule" },
                        current: { generation: 4, since: "2026-08-01", reason: "schedule" },
                        previous: { generation: 3, until: "2026-11-30" },
                    },
                },
                session_key: {
                    kind: "generated",
                    rotation: "90 days",
                    required: true,
                    generations: { current: { generation: 1, since: "2026-08-01", reason: "initial" } },
                },
                user: { kind: "literal", rotation: "never", required: true },
                url: { kind: "composed", rotation: "with its parts", required: false },
            },
        },
    },
    {
        type: "random:index/randomPassword:RandomPassword",
        name: "estuary/convex.jwt_secret-g4",
        parent: DOCUMENT,
        inputs: { length: 64 },
        outputs: { result: new Secret(Unknown.value) },
    },
    {
        type: "aws:secretsmanager/secret:Secret",
        name: "estuary/convex",
        parent: DOCUMENT,
        inputs: { name: "estuary/prod/convex", tags: { platform: "estuary" } },
        outputs: { arn: "arn:aws:secretsmanager:us-east-1:222222222222:secret:estuary/prod/convex-a1b2c3" },
        options: { protect: true },
    },
    {
        type: "aws:secretsmanager/secretVersion:SecretVersion",
        name: "estuary/convex",
        parent: DOCUMENT,
        inputs: {
            secretId: Unknown.value,
            secretString: new Secret(JSON.stringify({ user: "estuary", admin_key: CANARY })),
            nested: [{ deep: new Secret({ list: [CANARY] }) }],
        },
    },
    {
        type: "strongroom:delivery:Consumer",
        name: "estuary/api",
        parent: PLATFORM,
        inputs: {
            platform: "estuary",
            consumer: "api",
            environment: "prod",
            namespace: "estuary-prod",
            serviceAccount: "api",
            secretName: "app",
            reads: ["estuary/convex"],
        },
    },
];
