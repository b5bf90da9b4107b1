using System.ComponentModel;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Misreturns;

/// <summary>What is wrong with a value.</summary>
public enum ValueFault
{
    Value,
    Spread,
    Low,
    High,
    Name,
    Word,
}

/// <summary>What <c>test-misvalues</c> takes.</summary>
public sealed record ValueFaultOptions([Description("What is wrong with the value.")] ValueFault Fault = ValueFault.Spread);

/// <summary>A metric whose value no file can hold.</summary>
[Metric("test-misvalues", "Misvalues")]
public sealed class MisreturningMetric(ValueFaultOptions options) : IMetric
{
    public IReadOnlyList<MetricValue> Evaluate(MetricContext context) =>
    [
        new(
            options.Fault == ValueFault.Name ? null! : "test-misvalues",
            options.Fault == ValueFault.Value ? double.NaN : 1,
            new Dictionary<string, string> { ["word"] = options.Fault == ValueFault.Word ? null! : "word" })
        {
            Spread = options.Fault == ValueFault.Spread ? double.NaN : null,
            Low = options.Fault == ValueFault.Low ? double.NegativeInfinity : null,
            High = options.Fault == ValueFault.High ? double.PositiveInfinity : null,
        },
    ];
}
