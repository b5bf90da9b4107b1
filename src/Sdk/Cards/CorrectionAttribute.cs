namespace Dfx.Sdk;

/// <summary>The card of an <see cref="ICorrection"/>.</summary>
/// <inheritdoc cref="CardAttribute" path="/param"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CorrectionAttribute(string id, string title) : CardAttribute(id, title)
{
    /// <summary>
    /// Whether it learns nothing, as controls do: the host never calls <see cref="ICorrection.Train"/>, and <see cref="ICorrection.Load"/> with
    /// an empty checkpoint.
    /// </summary>
    public bool Untrained { get; init; }

    /// <summary>Whether it learns from a larger correction, its entry's <c>teacher</c>, and not without.</summary>
    public bool NeedsTeacher { get; init; }

    /// <summary>Whether it learns from no other correction, so that a <c>teacher</c> is a mistake.</summary>
    public bool LearnsAlone { get; init; }

    /// <summary>
    /// What it collects of its source before it is trained, for an <see cref="ICollectingCorrection"/>: a word such as <c>pairs</c>. Corrections of one
    /// assembly that collect under the same word, from the same source and with equal options of <see cref="CollectsAttribute"/>, share one collection.
    /// Empty if it collects nothing.
    /// </summary>
    public string Collection { get; init; } = "";
}
