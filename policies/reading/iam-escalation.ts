/**
 * Actions by which an identity gets rights that it does not have, by what they work on. Who may create a role, a user
 * or a policy gets nothing by that alone; who may say what is in them does.
 *
 * @see https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation, methods 1 to 28
 * @see Service Authorization Reference, AWS Identity and Access Management, for what `iam:PermissionsBoundary` applies to
 */

/** They take a limit away, or make somebody trusted by the whole account. Nobody gets them. */
export const NEVER_ALLOWED = [
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteUserPermissionsBoundary",
    "iam:PutUserPermissionsBoundary",
    "iam:CreateSAMLProvider",
    "iam:UpdateSAMLProvider",
    "iam:DeactivateMFADevice",
    "iam:CreateVirtualMFADevice",
    "iam:CreateLoginProfile",
    "iam:UpdateLoginProfile",
    "iam:CreateServiceSpecificCredential",
    "iam:ResetServiceSpecificCredential",
    "iam:UploadSigningCertificate",
    "iam:UploadSSHPublicKey",
    "iam:AddUserToGroup",
    "iam:AttachUserPolicy",
    "iam:AttachGroupPolicy",
    "iam:PutUserPolicy",
    "iam:PutGroupPolicy",
] as const;

/** They write what a role may do; a permissions boundary is what it can't get beyond. */
export const WITHIN_A_BOUNDARY = [
    "iam:PutRolePolicy",
    "iam:AttachRolePolicy",
    "iam:PutRolePermissionsBoundary",
] as const;

/** They decide who is let in, or who becomes what; IAM has no boundary to ask of them. */
export const ON_OWN_ROLES = ["iam:UpdateAssumeRolePolicy", "sts:AssumeRole"] as const;

export const PASSING = ["iam:PassRole"] as const;

/** They write a policy that roles already have. */
export const ON_ONE_POLICY = ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"] as const;

/** They make a key that lives until somebody deletes it. */
export const ON_ONE_USER = ["iam:CreateAccessKey", "iam:UpdateAccessKey"] as const;

/** They run code as a role that something has already been given. */
export const ON_ONE_WORKLOAD = [
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
    "lambda:CreateEventSourceMapping",
    "ec2:ModifyInstanceAttribute",
    "ec2-instance-connect:SendSSHPublicKey",
    "ssm:SendCommand",
    "ssm:StartSession",
    "ecs:ExecuteCommand",
    "cloudformation:UpdateStack",
    "cloudformation:CreateChangeSet",
    "codebuild:UpdateProject",
    "codebuild:StartBuild",
    "glue:UpdateDevEndpoint",
    "glue:UpdateJob",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
    "states:UpdateStateMachine",
] as const;
