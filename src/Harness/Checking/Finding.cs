namespace Dfx.Harness.Checking;

/// <summary>How a check ended.</summary>
internal enum CheckOutcome
{
    /// <summary>As the contract asks.</summary>
    Ok,

    /// <summary>Not as the contract asks.</summary>
    Failed,

    /// <summary>Nothing to check, or not to be checked here.</summary>
    Skipped,
}

/// <summary>What came of one check of one plugin type.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Type">The type, such as <c>method stf</c>.</param>
/// <param name="Check">The check's name.</param>
/// <param name="Text">What happened, or why it was skipped; empty if all is well.</param>
/// <param name="Expected">What the contract asks for; null unless it failed.</param>
/// <param name="Remedy">How to mend it; null unless it failed.</param>
internal sealed record Finding(CheckOutcome Outcome, string Type, string Check, string Text = "", string? Expected = null, string? Remedy = null)
{
    /// <summary>One line for people.</summary>
    internal string Line => Outcome switch
    {
        CheckOutcome.Ok => $"ok    {Type}: {Check}",
        CheckOutcome.Skipped => $"skip  {Type}: {Check}: {Text}",
        _ => $"FAIL  {Type}: {Check}: expected: {Expected}; happened: {Text}; to mend it: {Remedy}",
    };
}
