using Dfx.Harness.Doctor;
using Dfx.Harness.Tests.Matrix;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Planning;

/// <summary>The rule of <c>precision: auto</c>, and what the doctor says of it.</summary>
public sealed class AutomaticPrecisionTests
{
    [TestCase("GenuineIntel", "avx512f avx512_bf16 amx_bf16 amx_tile", true)]
    [TestCase("GenuineIntel", "avx512f avx512_bf16 avx512_fp16", false)]
    [TestCase("AuthenticAMD", "avx512f avx512_bf16", true)]
    [TestCase("AuthenticAMD", "avx2", false)]
    [TestCase("GenuineIntel", "avx512f my_amx_bf16x", false)]
    public void The_kind_of_processor_decides(string vendor, string flags, bool expected) =>
        Assert.That(Processor.Prefers([$"vendor_id\t: {vendor}", "model name\t: any", $"flags\t\t: fpu {flags}"]), Is.EqualTo(expected));

    [TestCase(Precision.Float32, 1.0, 1.65, State.Ok)]
    [TestCase(Precision.Bfloat16, 1.0, 0.5, State.Ok)]
    [TestCase(Precision.Bfloat16, 1.0, 1.65, State.Warning)]
    [TestCase(Precision.Float32, 1.0, 0.5, State.Warning)]
    [TestCase(Precision.Bfloat16, 1.0, 1.05, State.Ok)]
    public void The_doctor_says_when_the_rule_is_wrong_here(Precision chosen, double single, double half, object state)
    {
        var finding = PrecisionTrial.Judge(chosen, single, half);
        Assert.That(finding.State, Is.EqualTo(state));
        Assert.That(finding.Remedy, state is State.Warning ? Does.Contain(chosen == Precision.Float32 ? "bfloat16" : "float32") : Is.Null);
    }

    [Test]
    public void Tf32_is_refused_where_there_is_none()
    {
        var matrix = Matrices.Read(("training", "{ steps: 20, batch: 4, precision: tf32 }"));
        Assert.That(() => Plans.Make(matrix), Throws.TypeOf<UsageException>().With.Message.Contains("tf32").And.Message.Contains("float32"));
        Assert.That(Plans.Make(matrix, device: "cuda").Jobs.Select(job => job.Model.Precision), Is.Not.Empty.And.All.EqualTo(Precision.Tf32));
    }
}
