import { asTyped, metadataCommands } from "../stores";
import type { StoreTarget } from "../stores";

/** Whom a text is about, for the commands that follow from it. */
export interface Subject {
    readonly stack: string;
    /** `devplatform/backend` */
    readonly consumer: string;
    readonly context: string;
    readonly namespace: string;
    readonly serviceAccount: string;
    /** Of the account, as the stack annotates it. */
    readonly annotations: Readonly<Record<string, string>>;
    /** The SecretStore that it reads by. */
    readonly storeName: string | undefined;
    /** Its provider block, flattened. */
    readonly provider: Readonly<Record<string, string>>;
    readonly targets: readonly StoreTarget[];
}

/** What a text of the operator, of a store or of Kubernetes means. */
export interface Cause {
    readonly name: string;
    /** Matched against the whole text; of several causes the first counts. */
    readonly pattern: RegExp;
    /** As a sentence without a period, in our own words: nothing of the text is in it. */
    readonly why: string;
    readonly next: (subject: Subject) => readonly string[];
}

export const kubectl = ({ context, namespace }: Pick<Subject, "context" | "namespace">): string =>
    `kubectl --context ${context} --namespace ${namespace}`;

export const describeStore = (subject: Subject): string =>
    `${kubectl(subject)} describe secretstore ${subject.storeName ?? ""}`.trimEnd();

/** Writes what is declared again: for what somebody changed by hand, or what was never deployed. */
export const deploy = ({ stack }: Pick<Subject, "stack">): readonly string[] => [
    `npm run preview -- --stack ${stack}`,
    `pulumi up --stack ${stack} --policy-pack policies --policy-pack-config policies/config.${stack}.json`,
];

/** Asks the operator to read the store now. */
export const syncNow = (subject: Pick<Subject, "context" | "namespace">, name: string): string =>
    `${kubectl(subject)} annotate externalsecret ${name} force-sync="$(date +%s)" --overwrite`;

/** The operator itself, by the label that its chart gives it. */
export const operatorPods = ({ context }: Pick<Subject, "context">): string =>
    `kubectl --context ${context} get pods --all-namespaces -l app.kubernetes.io/name=external-secrets`;

/** What the evaluation of the grants says of a consumer's identity. */
export const access = ({ stack, namespace, serviceAccount }: Subject): string =>
    `npm run access -- --stack ${stack} --identity ${namespace}/${serviceAccount} --verb read`;

/** Whether the entries are there, by what the stores' own command lines say of them. */
export const storesOf = ({ stack, consumer }: Subject): string =>
    `npm run doctor -- --stack ${stack} --consumer ${consumer} --stores`;

export const entriesOf = ({ targets }: Subject): readonly string[] =>
    targets.flatMap((target) => metadataCommands(target).slice(0, 1).map(asTyped));

/** `arn:aws:iam::210987654321:role/devplatform-prod-backend` names `devplatform-prod-backend`. */
export function roleOf({ annotations, provider }: Subject): string {
    const arn = annotations["eks.amazonaws.com/role-arn"] ?? provider["aws.role"] ?? "";
    return arn.split("/").at(-1) ?? arn;
}
