namespace Dfx.Numerics.Tests.Precision;

/// <summary>The switches of the process.</summary>
[NonParallelizable]
public sealed class Tf32Tests
{
    [Test]
    public void A_region_sets_both_switches_and_puts_them_back()
    {
        var before = Switches();
        using (Tf32.Region(allowed: true))
        {
            Assert.That(Switches(), Is.EqualTo((true, true)));
            using (Tf32.Region(allowed: false))
            {
                Assert.That(Switches(), Is.EqualTo((false, false)));
            }

            Assert.That(Switches(), Is.EqualTo((true, true)));
        }

        Assert.That(Switches(), Is.EqualTo(before));
    }

    private static (bool Convolutions, bool Products) Switches() => (torch.backends.cudnn.allow_tf32, torch.backends.cuda.matmul.allow_tf32);
}
