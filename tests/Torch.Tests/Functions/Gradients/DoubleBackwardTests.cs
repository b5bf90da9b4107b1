using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Gradients;

/// <summary>Derivatives of derivatives: a gradient made with create_graph is itself a function with a right gradient.</summary>
public sealed class DoubleBackwardTests
{
    private static readonly CaseTable s_table = Collect();

    [TestCaseSource(nameof(Names))]
    public void Second_derivatives_agree_with_differences_of_first_ones(string name) =>
        GradientCheck.Verify(s_table.Cases.Single(c => c.Note == name));

    [Test]
    public void The_third_derivative_of_a_cubic_is_constant()
    {
        using var scope = NewDisposeScope();
        var x = tensor([2.0, -1.0], requires_grad: true);
        var derivative = x.pow(3);
        for (var order = 0; order < 3; order++)
        {
            derivative = autograd.grad([derivative.sum()], [x], create_graph: true)[0];
        }

        Assert.That(derivative.data<double>(), Is.EqualTo([6.0, 6.0]));
    }

    private static IEnumerable<string> Names() => s_table.Cases.Select(c => c.Note);

    private static CaseTable Collect()
    {
        var t = new CaseTable();
        t.Of("slope: exp", Normal(2, 3), x => Slope(x, x.exp()));
        t.Of("slope: tanh", Normal(2, 3), x => Slope(x, x.tanh()));
        t.Of("slope: silu", Normal(2, 3), x => Slope(x, x.silu()));
        t.Of("slope: softmax", Normal(2, 3), x => Slope(x, x.softmax(1)));
        t.Of("slope: norm", AwayFromZero(2, 3), x => Slope(x, x.norm()));
        t.Of("slope: matmul", Normal(2, 3), Normal(3, 2), (x, y) => Slope(x, x.matmul(y)));
        t.Of("slope: inverse", Regular(3, 3), x => Slope(x, x.inverse()));
        t.Of("slope: conv2d", Normal(1, 2, 4, 4), Normal(2, 2, 2, 2), (x, w) => Slope(x, F.conv2d(x, w, padding: [1, 1])));
        t.Of("slope: group_norm", Normal(2, 4, 2), x => Slope(x, F.group_norm(x, 2)));
        t.Of("slope: exact distances", Normal(3, 2), Normal(2, 2),
            (x, y) => Slope(x, (x.unsqueeze(1) - y.unsqueeze(0)).square().sum(-1).sqrt()));
        t.Of("slope: bicubic", Normal(1, 1, 4, 4), x => Slope(x, F.interpolate(x, [3, 3], mode: InterpolationMode.Bicubic)));
        return t;
    }

    // The square makes the slope of a linear function depend on its argument as well.
    private static Tensor Slope(Tensor x, Tensor y) => autograd.grad([y.square().sum()], [x], create_graph: true)[0];
}
