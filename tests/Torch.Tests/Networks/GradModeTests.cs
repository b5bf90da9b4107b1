using System.Runtime.InteropServices;

namespace Dfx.Torch.Tests.Networks;

/// <summary>Whether operations are recorded: by thread, nested, and whatever is thrown in between.</summary>
public sealed class GradModeTests : ScopedTests
{
    [TearDown]
    public void Recording_is_on_again() => Assert.That((torch.is_grad_enabled(), torch.is_inference_mode_enabled()), Is.EqualTo((true, false)));

    [Test]
    public void Modes_nest_and_end_in_reverse()
    {
        var x = torch.ones(2).with_requires_grad();
        using (torch.no_grad())
        {
            Assert.That((x * 2).requires_grad, Is.False);
            using (torch.enable_grad())
            {
                Assert.That((x * 2).requires_grad, Is.True);
                using var off = torch.set_grad_enabled(false);
                Assert.That(torch.is_grad_enabled(), Is.False);
            }

            Assert.That(torch.is_grad_enabled(), Is.False);
            using var same = torch.enable_grad(false);
            Assert.That(torch.is_grad_enabled(), Is.False);
        }

        Assert.That((x * 2).requires_grad, Is.True);
    }

    [Test]
    public void An_exception_ends_a_mode()
    {
        Assert.That(() => Fail(torch.no_grad()), Throws.InstanceOf<ExternalException>());
        Assert.That(torch.is_grad_enabled(), Is.True);
        Assert.That(() => Fail(torch.inference_mode()), Throws.InstanceOf<ExternalException>());
        Assert.That(torch.is_inference_mode_enabled(), Is.False);

        static void Fail(IDisposable mode)
        {
            using (mode)
            {
                torch.ones(2).matmul(torch.ones(3));
            }
        }
    }

    [Test]
    public void A_leaf_made_without_recording_still_can_need_a_gradient()
    {
        using var off = torch.no_grad();
        Assert.That(torch.ones(2, requires_grad: true).requires_grad, Is.True);
    }

    [Test]
    public void A_mode_ends_once()
    {
        var first = torch.no_grad();
        first.Dispose();
        using (torch.no_grad())
        {
            first.Dispose();
            Assert.That(torch.is_grad_enabled(), Is.False, "ending a mode again changes nothing");
        }

        var inference = torch.inference_mode();
        inference.Dispose();
        inference.Dispose();
    }

    [Test]
    public void Inference_mode_nests_and_its_tensors_never_record()
    {
        torch.Tensor made;
        using (torch.inference_mode())
        {
            Assert.That((torch.is_inference_mode_enabled(), torch.is_grad_enabled()), Is.EqualTo((true, false)));
            made = torch.ones(2);
            using (torch.inference_mode(false))
            {
                Assert.That(torch.is_inference_mode_enabled(), Is.False);
            }

            Assert.That(torch.is_inference_mode_enabled(), Is.True);
        }

        var x = torch.ones(2).with_requires_grad();
        Assert.That(() => x * made, Throws.InstanceOf<ExternalException>().With.Message.Contains("nference"));
    }

    [Test]
    public void A_mode_is_that_of_its_thread()
    {
        using var off = torch.no_grad();
        var elsewhere = false;
        var thread = new Thread(() => elsewhere = torch.is_grad_enabled());
        thread.Start();
        thread.Join();
        Assert.That((elsewhere, torch.is_grad_enabled()), Is.EqualTo((true, false)));
    }
}
