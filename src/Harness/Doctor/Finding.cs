namespace Dfx.Harness.Doctor;

/// <summary>How a finding stands.</summary>
internal enum State
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Dfx works, but slower or with less than it could.</summary>
    Warning,

    /// <summary>Dfx does not work without it.</summary>
    Missing,
}

/// <summary>One thing that the doctor looked at.</summary>
internal sealed record Finding(State State, string Subject, string Text, string? Remedy = null);
