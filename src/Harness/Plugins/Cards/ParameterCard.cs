using System.Globalization;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Plugins;

/// <summary>A parameter of a plugin type, as its options record declares it.</summary>
/// <param name="Name">What a matrix file calls it: kebab-case.</param>
/// <param name="Member">What C# calls it.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Nullable">Whether it may be null.</param>
/// <param name="Default">The canonical text of its default; null if the default is null.</param>
/// <param name="Minimum">The smallest value of a number, if there is one.</param>
/// <param name="Maximum">The largest value of a number, if there is one.</param>
/// <param name="Description">What it does, with its unit.</param>
/// <param name="Choices">The members of an enum, in kebab-case; empty for other types.</param>
/// <param name="MinimumIsExclusive">Whether the minimum itself is out of range.</param>
/// <param name="MaximumIsExclusive">Whether the maximum itself is out of range.</param>
/// <param name="Inference">Whether it changes only how a trained model or correction is used: <see cref="Sdk.InferenceAttribute"/>.</param>
/// <param name="Collects">Whether it decides what a correction collects of its source: <see cref="Sdk.CollectsAttribute"/>.</param>
internal sealed record ParameterCard(
    string Name,
    string Member,
    ParameterType Type,
    bool Nullable,
    string? Default,
    double? Minimum,
    double? Maximum,
    string Description,
    IReadOnlyList<string> Choices,
    bool MinimumIsExclusive = false,
    bool MaximumIsExclusive = false,
    bool Inference = false,
    bool Collects = false)
{
    /// <summary>The canonical text of no value.</summary>
    internal const string NullText = "null";

    /// <summary>The range in words, such as <c>1 to 65536</c>; null if every value will do.</summary>
    internal string? Range => (Minimum, Maximum) switch
    {
        (null, null) => null,
        ({ } low, null) => MinimumIsExclusive ? $"above {Number(low)}" : $"{Number(low)} or more",
        (null, { } high) => MaximumIsExclusive ? $"below {Number(high)}" : $"{Number(high)} or less",
        ({ } low, { } high) => $"{Number(low)} to {Number(high)}{Excluded}",
    };

    /// <summary>Another value than the default, not far from it; null if none is known.</summary>
    internal string? AnotherValue => (Type switch
    {
        ParameterType.Bool => ["true", "false"],
        ParameterType.Choice => Choices,
        ParameterType.Text => [],
        _ => Numbers(),
    }).Concat(Nullable ? [NullText] : []).Select(text => TryParse(text, out var canonical, out _) ? canonical : null).FirstOrDefault(text => text is not null && text != (Default ?? NullText));

    private IEnumerable<string> Numbers()
    {
        var value = Default is null ? Minimum ?? Maximum ?? 0 : double.Parse(Default, CultureInfo.InvariantCulture);
        return ((double?[])[value, value + 1, value - 1, value / 2, value * 2, Minimum, Maximum]).OfType<double>().Select(Number);
    }

    private string Excluded => (MinimumIsExclusive, MaximumIsExclusive) switch
    {
        (true, true) => ", both excluded",
        (true, false) => $", {Number(Minimum!.Value)} excluded",
        (false, true) => $", {Number(Maximum!.Value)} excluded",
        _ => "",
    };

    /// <summary>Validates one scalar as it stands in a matrix file.</summary>
    /// <param name="text">The scalar; <c>null</c> and <c>~</c> stand for no value where that is allowed.</param>
    /// <param name="canonical">The one text that stands for the value, in the invariant culture: <c>0.001</c>, <c>true</c>, <c>edm</c>.</param>
    /// <param name="error">What is wrong, to be put behind the parameter's name: <c>must lie in 1 to 65536, not 0</c>.</param>
    internal bool TryParse(string text, out string canonical, out string error)
    {
        if (Nullable && text is NullText or "~")
        {
            (canonical, error) = (NullText, "");
            return true;
        }

        (canonical, error) = Type switch
        {
            ParameterType.Bool => text is "true" or "false" ? (text, "") : ("", $"must be true or false, not {Quoted(text)}"),
            ParameterType.Int => Whole(text, int.MinValue, int.MaxValue),
            ParameterType.Long => Whole(text, long.MinValue, long.MaxValue),
            ParameterType.Double => Real(text),
            ParameterType.Choice => Choices.Contains(text) ? (text, "") : ("", OneOf(text)),
            _ => (text, ""),
        };
        return error.Length == 0;
    }

    private (string Canonical, string Error) Whole(string text, long low, long high)
    {
        if (!Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return ("", $"must be a whole number, not {Quoted(text)}");
        }

        if (value < low || value > high)
        {
            return ("", Range is null ? $"must lie in {low} to {high}, not {text}" : OutOfRange(text));
        }

        return InRange((double)value) ? (value.ToString(CultureInfo.InvariantCulture), "") : ("", OutOfRange(text));
    }

    private (string Canonical, string Error) Real(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            return ("", $"must be a finite number, not {Quoted(text)}");
        }

        // Adding 0 turns -0 into 0: one text a value.
        return InRange(value) ? (Number(value + 0.0), "") : ("", OutOfRange(text));
    }

    private bool InRange(double value) =>
        (Minimum is not { } low || value > low || (!MinimumIsExclusive && value.Equals(low)))
        && (Maximum is not { } high || value < high || (!MaximumIsExclusive && value.Equals(high)));

    private string OutOfRange(string text) => $"must {(Minimum is null || Maximum is null ? "be" : "lie in")} {Range}, not {text}";

    private string OneOf(string text) =>
        $"must be one of {string.Join(", ", Choices)}, not {Quoted(text)}; the nearest is {NearestName.Of(text, Choices)}";

    private static string Quoted(string text) => $"'{text}'";

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
