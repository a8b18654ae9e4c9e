import { Unknown } from "../values";
import {
    known,
    mapText,
    merged,
    type Compute,
    type Computed,
    type CreateContext,
    type Text,
} from "./context";

/** Full resource names as the IAM documentation lists them per service, and ids as the provider's import section has them. */
function project(context: CreateContext): Text {
    const own = context.text("project");
    return own instanceof Unknown ? context.providerText("project") : own;
}

function labels(context: CreateContext): Computed {
    const all = merged(context.providerJson("defaultLabels"), context.inputs["labels"]);
    return { effectiveLabels: all, pulumiLabels: all };
}

/** A member resource's id is its object's, its role and its member, with slashes between. */
function memberOf(object: (context: CreateContext) => Text): Compute {
    return (context) => ({
        id: known`${object(context)}/${context.text("role")}/${context.text("member")}`,
    });
}

function secretName(context: CreateContext): Text {
    return mapText(context.text("secretId"), (secret) =>
        secret.startsWith("projects/") ? secret : known`projects/${project(context)}/secrets/${secret}`,
    );
}

export const gcp: Readonly<Record<string, Compute>> = {
    // Secret Manager API, projects.secrets: name
    "gcp:secretmanager/secret:Secret": (context) => ({
        id: secretName(context),
        project: project(context),
        ...labels(context),
    }),
    // Pulumi registry, gcp.secretmanager.SecretIamMember, "Import"
    "gcp:secretmanager/secretIamMember:SecretIamMember": (context) => ({
        ...memberOf(secretName)(context),
        project: project(context),
    }),
    // IAM API, projects.serviceAccounts: name and email
    "gcp:serviceaccount/account:Account": (context) => {
        const email = known`${context.text("accountId")}@${project(context)}.iam.gserviceaccount.com`;
        const name = known`projects/${project(context)}/serviceAccounts/${email}`;
        return { id: name, name, email, member: known`serviceAccount:${email}`, project: project(context) };
    },
    // Pulumi registry, gcp.serviceaccount.IAMMember, "Import"
    "gcp:serviceaccount/iAMMember:IAMMember": memberOf((context) => context.text("serviceAccountId")),
    // Pulumi registry, gcp.projects.IAMMember, "Import"
    "gcp:projects/iAMMember:IAMMember": memberOf((context) => context.text("project")),
    // Cloud KMS API, projects.locations.keyRings: name
    "gcp:kms/keyRing:KeyRing": (context) => ({
        id: known`projects/${project(context)}/locations/${context.text("location")}/keyRings/${context.text("name")}`,
        project: project(context),
    }),
    // Cloud KMS API, projects.locations.keyRings.cryptoKeys: name
    "gcp:kms/cryptoKey:CryptoKey": (context) => ({
        id: known`${context.text("keyRing")}/cryptoKeys/${context.text("name")}`,
        ...labels(context),
    }),
    // Pulumi registry, gcp.kms.CryptoKeyIAMMember, "Import"
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": memberOf((context) => context.text("cryptoKeyId")),
    // Pub/Sub API, projects.topics: name
    "gcp:pubsub/topic:Topic": (context) => ({
        id: known`projects/${project(context)}/topics/${context.text("name")}`,
        project: project(context),
        ...labels(context),
    }),
    // Pulumi registry, gcp.pubsub.TopicIAMMember, "Import"
    "gcp:pubsub/topicIAMMember:TopicIAMMember": (context) => ({
        ...memberOf((member) =>
            mapText(member.text("topic"), (topic) =>
                topic.startsWith("projects/") ? topic : known`projects/${project(member)}/topics/${topic}`,
            ),
        )(context),
        project: project(context),
    }),
    // Service Usage API, services: name. The agent's address holds the project's number, which only Google knows
    "gcp:projects/serviceIdentity:ServiceIdentity": (context) => ({
        id: known`projects/${project(context)}/services/${context.text("service")}`,
        project: project(context),
    }),
};
