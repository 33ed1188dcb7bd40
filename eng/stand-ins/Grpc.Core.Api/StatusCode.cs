namespace Grpc.Core;

/// <summary>The outcome of a call, numbered as on the wire (<c>grpc-status</c>).</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The caller gave the call up.</summary>
    Cancelled = 1,

    /// <summary>The failure fits no other code, or came from elsewhere without one.</summary>
    Unknown = 2,

    /// <summary>An argument is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The time ran out; a change may have happened all the same.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be created exists.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a limit or a disk is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that the call needs; a repeat does not help until that changes.</summary>
    FailedPrecondition = 9,

    /// <summary>A concurrent change won; read again and repeat.</summary>
    Aborted = 10,

    /// <summary>The call went past the valid range, which may grow later.</summary>
    OutOfRange = 11,

    /// <summary>The server does not offer the method.</summary>
    Unimplemented = 12,

    /// <summary>Something that must never happen happened.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached now; a repeat may succeed.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or damaged beyond recovery.</summary>
    DataLoss = 15,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
