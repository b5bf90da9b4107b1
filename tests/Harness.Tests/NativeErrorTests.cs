using System.Runtime.InteropServices;
using Dfx.Harness.Commands;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Store;

namespace Dfx.Harness.Tests;

/// <summary>What is left of libtorch's errors in records, logs and terminals.</summary>
public sealed class NativeErrorTests
{
    private const string Terminated =
        """
        step 3 of 40
        terminate called after throwing an instance of 'c10::Error'
          what():  shape '[3]' is invalid for input of size 4
        Exception raised from infer_size_impl at ../aten/src/ATen/InferSize.h:75 (most recent call first):
        frame #0: c10::Error::Error(c10::SourceLocation, std::string) + 0x80 (0x7f5f0a0 in /x/libc10.so)
        frame #1: <unknown function> + 0x1d (0x7f5f0b0 in /x/libtorch_cpu.so)

        """;

    private static readonly string[] s_noise = ["frame #", "0x", "Exception raised"];

    [Test]
    public void A_real_error_keeps_its_operation_and_shapes_alone()
    {
        var error = Assert.Throws<ExternalException>(() => torch.zeros(2, 3).mm(torch.zeros(4, 5)));
        var (status, message) = Verdict.Of(error!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.Message, Does.Contain("frame #0"), "libtorch's own message has frames: otherwise this test shows nothing");
            Assert.That(status, Is.EqualTo(Status.Error));
            Assert.That(message, Does.StartWith("ExternalException: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)").And.Not.Contain('\n'));
            Assert.That(s_noise.Where(message.Contains), Is.Empty);
        }
    }

    [Test]
    public void A_log_keeps_the_managed_frames()
    {
        var error = Assert.Throws<ExternalException>(() => torch.zeros(2, 3).mm(torch.zeros(4, 5)));
        var text = NativeErrors.WithoutFrames(error!.ToString());
        Assert.That(text, Does.Contain("2x3 and 4x5").And.Contain(nameof(A_log_keeps_the_managed_frames)));
        Assert.That(text, Does.Not.Contain("frame #").And.Not.Contain("Exception raised"));
    }

    [Test]
    public async Task A_command_ends_with_one_line()
    {
        using var errors = new StringWriter();
        var code = await Fault.Guard(() => (int)torch.zeros(2, 3).mm(torch.zeros(4, 5)).shape[0], errors);
        Assert.That(code, Is.EqualTo(Fault.Unusable));
        Assert.That(errors.ToString().TrimEnd(), Is.EqualTo("dfx: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)"));
    }

    [Test]
    public void Text_without_frames_stays_as_it_is() =>
        Assert.That(NativeErrors.WithoutFrames("no camera frame #1 here\nnor there"), Is.EqualTo("no camera frame #1 here\nnor there"));

    [Test]
    public void The_last_words_of_a_terminated_process_are_its_exception() => Assert.That(
        LastWords.Of(Terminated),
        Is.EqualTo("terminate called after throwing an instance of 'c10::Error' | what():  shape '[3]' is invalid for input of size 4"));

    [Test]
    public void Without_such_a_message_they_are_the_last_lines() => Assert.That(LastWords.Of("one\ntwo\n\nthree\nfour\n"), Is.EqualTo("two | three | four"));

    [Test]
    public void Nothing_said_is_nothing() => Assert.That(LastWords.Of(" \n"), Is.Null);
}
