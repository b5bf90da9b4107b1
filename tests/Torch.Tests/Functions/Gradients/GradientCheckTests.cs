using static Dfx.Torch.Tests.Functions.Gradients.Inputs;

namespace Dfx.Torch.Tests.Functions.Gradients;

/// <summary>The check itself notices wrong derivatives.</summary>
public sealed class GradientCheckTests
{
    [Test]
    public void A_derivative_that_lacks_a_term_is_found() => Rejected(t => t.Of("mul", Normal(2, 3), x => x.mul(x.detach())));

    [Test]
    public void A_derivative_that_is_off_by_a_hundred_thousandth_is_found() =>
        Rejected(t => t.Of("mul", Normal(2, 3), x => x + (x.detach() * 1e-5)));

    [Test]
    public void An_output_that_does_not_depend_on_its_input_is_found() => Rejected(t => t.Of("mul", Normal(2, 3), x => x.mul(0)));

    private static void Rejected(Action<CaseTable> add)
    {
        var table = new CaseTable();
        add(table);
        Assert.That(() => GradientCheck.Verify(table.Cases[0]), Throws.InstanceOf<AssertionException>());
    }
}
