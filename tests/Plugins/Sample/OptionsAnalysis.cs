using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>One of several.</summary>
public enum Flavour
{
    Plain,
    ExtraDark,
    VE,
}

/// <summary>A parameter of every type.</summary>
public sealed record EveryOption(
    [Description("A flag.")] bool Flag = true,
    [Description("A number of things.")][Range(1, 65536)] int ThingCount = 4096,
    long Big = 5_000_000_000,
    [Range(0.0, 1.0, MaximumIsExclusive = true)] double Rate = 0.001,
    string Word = "plain words",
    Flavour Flavour = Flavour.ExtraDark,
    Precision Precision = Precision.Bfloat16,
    bool? MaybeFlag = null,
    int? MaybeCount = null,
    long? MaybeBig = 7,
    [Range(0.0, double.PositiveInfinity, MinimumIsExclusive = true)] double? MaybeRate = null,
    string? MaybeWord = null,
    Flavour? MaybeFlavour = null);

/// <summary>Says what it was given.</summary>
[Analysis("test-options", "Options")]
public sealed class OptionsAnalysis(EveryOption options) : IAnalysis
{
    public AnalysisTable Run(AnalysisContext context) => new(
        [new("name", "The parameter."), new("value", "What it was given.")],
        [.. typeof(EveryOption).GetProperties().Select(p =>
            new object?[] { p.Name, Convert.ToString(p.GetValue(options), CultureInfo.InvariantCulture) })]);
}
