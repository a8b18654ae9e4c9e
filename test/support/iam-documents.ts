import { Secret } from "../../preview/engine/values";
import type { PropertyValue } from "../../preview/engine/values";
import type { Rendering } from "../../preview";

/** A statement as AWS reads it; one value stands for a list of one. */
export interface IamStatement {
    readonly Effect: string;
    readonly Action?: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface IamDocument {
    /** `aws:iam/rolePolicy:RolePolicy devplatform-prod-backend-read policy` */
    readonly place: string;
    /** False for trust, key and resource policies, whose resource is what they are attached to. */
    readonly isIdentityPolicy: boolean;
    readonly document: { readonly Statement: readonly IamStatement[] };
}

const OF_IDENTITIES = /^aws:iam\/(?:policy|rolePolicy|userPolicy|groupPolicy):/u;

/** Every text of an AWS resource that holds a policy document with statements, known before a deployment. */
export function iamDocuments({ resources }: Rendering): readonly IamDocument[] {
    return resources
        .filter(({ type }) => type.startsWith("aws:"))
        .flatMap(({ type, name, inputs, outputs }) =>
            Object.keys(inputs).flatMap((property): IamDocument[] => {
                const document = parsed(outputs[property]) ?? parsed(inputs[property]);
                if (document === undefined) return [];
                const isIdentityPolicy = OF_IDENTITIES.test(type) && property === "policy";
                return [{ place: `${type} ${name} ${property}`, isIdentityPolicy, document }];
            }),
        );
}

function parsed(value: PropertyValue | undefined): IamDocument["document"] | undefined {
    const text = value instanceof Secret ? value.reveal() : value;
    if (typeof text !== "string" || !text.startsWith("{")) return undefined;
    try {
        const document = JSON.parse(text) as Partial<IamDocument["document"]>;
        return Array.isArray(document.Statement) ? (document as IamDocument["document"]) : undefined;
    } catch {
        return undefined;
    }
}
