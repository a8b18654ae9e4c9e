import * as kms from "@pulumi/gcp/kms";
import * as projects from "@pulumi/gcp/projects";
import type * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";

export interface GcpKeyArgs {
    readonly project: string;
    readonly location: string;
    readonly ownership: Ownership;
    readonly provider: pulumi.ProviderResource;
    readonly protect: boolean;
}

export interface GcpKeyRing {
    readonly id: pulumi.Output<string>;
}

export function declareGcpKeyRing(
    name: string,
    args: GcpKeyArgs,
    opts: pulumi.ComponentResourceOptions,
): GcpKeyRing {
    const { project, location, provider, protect } = args;
    return new kms.KeyRing(name, { name, project, location }, { ...opts, provider, protect });
}

/** KMS makes a new version every 90 days: CIS asks for no longer. */
const ROTATION_PERIOD = `${String(90 * 24 * 3600)}s`;

/**
 * In which the destruction of a version can be taken back: 30 days, which is what Google takes where nothing is said
 * nowadays. Keys of which it was said otherwise, or long ago, can't be given another one.
 */
const DESTROY_SCHEDULED_DURATION = `${String(30 * 24 * 3600)}s`;

export interface GcpKey {
    readonly id: pulumi.Output<string>;
    /** The right of the service to use the key; what is encrypted with it waits for this. */
    readonly grant: pulumi.Resource;
}

/** A key of the ring that one Google service encrypts with, by its service agent. */
export function declareGcpKey(
    name: string,
    ring: GcpKeyRing,
    agent: pulumi.Input<string>,
    args: GcpKeyArgs,
    opts: pulumi.ComponentResourceOptions,
): GcpKey {
    const { ownership, provider, protect } = args;
    const key = new kms.CryptoKey(
        name,
        {
            name,
            keyRing: ring.id,
            purpose: "ENCRYPT_DECRYPT",
            rotationPeriod: ROTATION_PERIOD,
            destroyScheduledDuration: DESTROY_SCHEDULED_DURATION,
            labels: tagsOf(ownership),
        },
        { ...opts, provider, protect },
    );
    const grant = new kms.CryptoKeyIAMMember(
        `${name}-service`,
        { cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member: agent },
        { ...opts, provider },
    );
    return { id: key.id, grant };
}

/**
 * The service agent of Secret Manager, as a member of grants; it exists only once the project has asked for it. Its
 * name is written down and not taken from Google's answer, so that a preview knows whom a grant is for; that it comes
 * with the URN, which a preview knows too, has grants wait for it.
 *
 * @see Google Cloud IAM, "Service agents": Secret Manager
 */
export function declareSecretManagerAgent(
    project: string,
    projectNumber: string,
    provider: pulumi.ProviderResource,
    opts: pulumi.ComponentResourceOptions,
): pulumi.Output<string> {
    const service = "secretmanager.googleapis.com";
    const identity = new projects.ServiceIdentity(
        `${project}-secretmanager`,
        { project, service },
        { ...opts, provider },
    );
    return identity.urn.apply(
        () => `serviceAccount:service-${projectNumber}@gcp-sa-secretmanager.iam.gserviceaccount.com`,
    );
}

/** GKE's service agent, which a project with a cluster has. */
export function gkeAgent(projectNumber: string): string {
    return `serviceAccount:service-${projectNumber}@container-engine-robot.iam.gserviceaccount.com`;
}
