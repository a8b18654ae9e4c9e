import type { StoreRotation } from "../domain/rotation/store-rotation";

/**
 * A document that its store rotates by itself. Nothing of it is drawn here, and no value of it enters the state:
 * somebody sets the first one in the store, or Vault makes accounts by lease. So nothing can be composed of it either.
 */
export type NativeDocument =
    | {
          readonly by: "aws-secrets-manager";
          /** Absent until the first value is in the store. */
          readonly rotation: StoreRotation | undefined;
      }
    | { readonly by: "vault-database" };
