/** A workload as the cluster knows it: who asks the stores. */
export interface Workload {
    readonly namespace: string;
    readonly serviceAccount: string;
}

/** `system:serviceaccount:devplatform-prod:backend`: the subject of the workload's tokens. */
export function tokenSubject({ namespace, serviceAccount }: Workload): string {
    return `system:serviceaccount:${namespace}:${serviceAccount}`;
}
