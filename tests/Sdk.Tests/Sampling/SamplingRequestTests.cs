using Dfx.Numerics.Noise;

namespace Dfx.Sdk.Tests.Sampling;

/// <summary>What a sampler reads of its request, and the task that asks for nothing.</summary>
public sealed class SamplingRequestTests
{
    [Test]
    public void Steps_are_the_pairs_of_levels_until_the_stop()
    {
        using var scope = torch.NewDisposeScope();
        var request = Request([80, 10, 1, 0], 3);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Steps(), Is.EqualTo(new[] { (0, 80.0, 10.0), (1, 10, 1), (2, 1, 0) }));
            Assert.That((request with { Stop = 1 }).Steps(), Is.EqualTo(new[] { (0, 80.0, 10.0) }));
            Assert.That((request with { Stop = 0 }).Steps(), Is.Empty);
        }
    }

    [Test]
    public void Fill_has_a_level_for_every_row([Values(torch.ScalarType.Float32, torch.ScalarType.Float64)] torch.ScalarType dtype)
    {
        using var scope = torch.NewDisposeScope();
        var filled = (Request([1, 0], 1) with { Start = torch.zeros([3, 1, 2, 2], dtype) }).Fill(0.25);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(filled.shape, Is.EqualTo(new long[] { 3 }));
            Assert.That(filled.dtype, Is.EqualTo(dtype));
            Assert.That(filled.to(torch.float64).data<double>().ToArray(), Is.EqualTo(new[] { 0.25, 0.25, 0.25 }));
        }
    }

    [Test]
    public void Generation_observes_nothing()
    {
        using var scope = torch.NewDisposeScope();
        var task = new GenerateTask();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.Metrics, Is.EqualTo(MetricKinds.Distribution));
            Assert.That(task.ConditionChannels(new(3, 32, 32)), Is.Zero);
            Assert.That(task.Observe(new() { Clean = torch.zeros([1, 1, 2, 2]), Noise = Noise() }), Is.Null);
        }
    }

    [Test]
    public void Generation_by_class_tells_the_label()
    {
        using var scope = torch.NewDisposeScope();
        var (task, labels) = (new GenerateByClassTask(), torch.tensor([2L]));
        var condition = task.Observe(new() { Clean = torch.zeros([1, 1, 2, 2]), Labels = labels, Noise = Noise() })!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.UsesLabels, Is.True);
            Assert.That(condition.Labels, Is.SameAs(labels));
            Assert.That(condition.Channels, Is.Null);
        }
    }

    [Test]
    public void Shapes_count_and_print_themselves()
    {
        var shape = new DataShape(3, 32_768, 65_536);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shape.Elements, Is.EqualTo(3L * 32_768 * 65_536));
            Assert.That(shape.Batch(5), Is.EqualTo(new long[] { 5, 3, 32_768, 65_536 }));
            Assert.That(shape.ToString(), Is.EqualTo("3x32768x65536"));
        }
    }

    private static SampleNoise Noise() => new(NoiseKey.For(0, "sampling"), 0, 1, new(1, 2, 2), torch.CPU);

    private static SamplingRequest Request(IReadOnlyList<double> levels, int stop) =>
        new() { Nfe = 3, Levels = levels, Stop = stop, Start = torch.zeros([1, 1, 2, 2], torch.float64), Noise = Noise() };
}
