import { violation, type Finding } from "../rule";
import type { Property } from "./property";

const AWS_FORMS = [
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    /^mrk-[0-9a-f]{32}$/,
    /^alias\/[\w/-]+$/,
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key\/[\w-]+|alias\/[\w/-]+)$/,
];
/** AWS keeps this prefix for the keys that it makes for a service in an account. */
const AWS_MANAGED = /(?:^|:)alias\/aws\//;

/** A key of one's own in KMS, by id, ARN or alias; that it is of this environment is another rule's. */
export function checkAwsCustomerKey(key: Property): Finding[] {
    const text = key.text() ?? "";
    const fix = "Name the key of this environment by its ARN";
    if (text === "") return [violation(key, "is missing, so that a key of AWS's own encrypts", fix)];
    if (AWS_MANAGED.test(text)) return [violation(key, "is a key that AWS keeps, not one of ours", fix)];
    return AWS_FORMS.some((form) => form.test(text)) ? [] : [violation(key, "is no key of AWS KMS", fix)];
}

const CRYPTO_KEY = /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/;

/** A key of one's own in Cloud KMS, by its resource name, without a version: its rotation chooses that. */
export function checkGcpCustomerKey(key: Property): Finding[] {
    const text = key.text() ?? "";
    const fix = "Name the key of this environment as projects/…/locations/…/keyRings/…/cryptoKeys/…";
    if (text === "") return [violation(key, "is missing, so that a key of Google's own encrypts", fix)];
    return CRYPTO_KEY.test(text) ? [] : [violation(key, "is no key of Cloud KMS", fix)];
}
