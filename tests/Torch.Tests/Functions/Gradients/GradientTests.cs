using Dfx.Torch.Tests.Functions.Gradients.Cases;

namespace Dfx.Torch.Tests.Functions.Gradients;

/// <summary>Every differentiable function of the binding has the derivative that central differences measure.</summary>
public sealed class GradientTests
{
    internal static readonly IReadOnlyList<GradientCase> Table = Collect(
        PointwiseCases.AddTo,
        ArithmeticCases.AddTo,
        OperatorCases.AddTo,
        ReductionCases.AddTo,
        OrderCases.AddTo,
        ShapeCases.AddTo,
        IndexCases.AddTo,
        LinalgCases.AddTo,
        FourierCases.AddTo,
        ActivationCases.AddTo,
        ConvolutionCases.AddTo,
        NormCases.AddTo,
        ImageCases.AddTo,
        LossCases.AddTo,
        ConversionCases.AddTo);

    [TestCaseSource(nameof(Indices))]
    public void Backpropagation_agrees_with_differences(int index) => GradientCheck.Verify(Table[index]);

    private static IEnumerable<TestCaseData> Indices() => Table
        .Select((c, i) => (Name: c.ToString(), Index: i))
        .GroupBy(c => c.Name)
        .SelectMany(same => same.Select((c, n) => new TestCaseData(c.Index).SetName($"Gradient of {c.Name}{Nth(n)}")));

    private static string Nth(int n) => n > 0 ? $" ({n + 1})" : "";

    private static IReadOnlyList<GradientCase> Collect(params Action<CaseTable>[] groups)
    {
        var table = new CaseTable();
        Array.ForEach(groups, add => add(table));
        return table.Cases;
    }
}
